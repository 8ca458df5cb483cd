package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// models prints the guard constant, the constants of the models, and what the
// runtime must know of the package:
//
//	const _ = l0.GeneratedV1
//
//	const (
//		ModelFast l0.ModelName = "fast"
//	)
//
//	var spec = l0.Package{ … }
func models(m *plan.Models) []jen.Code {
	out := []jen.Code{commented("This code needs a runtime of its own generation.",
		jen.Const().Id("_").Op("=").Add(l0("GeneratedV1")))}
	if len(m.Names) > 0 {
		out = append(out, commented("The models that the specs name.", modelConsts(m.Names)))
	}
	return append(out, commented(plan.Doc(m.Var+" is what the runtime must know of this package as a whole."),
		jen.Var().Id(m.Var).Op("=").Add(value(m.Package))))
}

func modelConsts(names []plan.ModelName) *jen.Statement {
	return jen.Const().DefsFunc(func(g *jen.Group) {
		for _, m := range names {
			g.Add(jen.Id(m.Name).Add(l0("ModelName")).Op("=").Add(text(m.Value)))
		}
	})
}

// client prints the interface of all methods, the type that has them, and its
// constructor.
func client(c *plan.Client) []jen.Code {
	return []jen.Code{
		caller(c.Methods),
		clientType(),
		jen.Var().Id("_").Id("Caller").Op("=").Parens(jen.Op("*").Id("Client")).Parens(jen.Nil()),
		constructor(c.Var),
	}
}

// caller prints
//
//	type Caller interface {
//		F(ctx context.Context, in FInput, opts ...l0.CallOption) (Out, error)
//		FStream(ctx context.Context, in FInput, opts ...l0.CallOption) *l0.Stream[Out]
//		FMessages(in FInput) []l0.Message
//	}
func caller(methods []plan.Method) *jen.Statement {
	doc := plan.Doc("Caller is the interface of all methods of [Client], for code that is tested with a fake.")
	return commented(doc, jen.Type().Id("Caller").InterfaceFunc(func(g *jen.Group) {
		for _, m := range methods {
			g.Add(callMethod(m))
			g.Add(streamMethod(m))
			g.Add(messagesMethod(m))
		}
	}))
}

// clientType prints
//
//	type Client struct {
//		binding *l0.Binding
//	}
func clientType() *jen.Statement {
	doc := plan.Doc("Client calls the prompts of this package. It is safe for concurrent use.")
	return commented(doc, jen.Type().Id("Client").Struct(jen.Id("binding").Op("*").Add(l0("Binding"))))
}

// constructor prints
//
//	func New(base *l0.Client, opts ...l0.ClientOption) (*Client, error) {
//		binding, err := l0.Bind(base, &spec, opts...)
//		if err != nil {
//			return nil, err
//		}
//		return &Client{binding: binding}, nil
//	}
func constructor(spec string) *jen.Statement {
	doc := plan.Doc("New binds the models of this package to the providers of base. It makes no request.")
	return commented(doc, jen.Func().Id("New").
		Params(jen.Id("base").Op("*").Add(l0("Client")), jen.Id("opts").Op("...").Add(l0("ClientOption"))).
		Params(jen.Op("*").Id("Client"), jen.Error()).
		Block(
			jen.List(jen.Id("binding"), jen.Err()).Op(":=").Add(l0("Bind")).
				Call(jen.Id("base"), jen.Op("&").Id(spec), jen.Id("opts").Op("...")),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
			jen.Return(jen.Op("&").Id("Client").Values(jen.Id("binding").Op(":").Id("binding")), jen.Nil()),
		))
}

// callMethod prints
//
//	F(ctx context.Context, in FInput, opts ...l0.CallOption) (Out, error)
func callMethod(m plan.Method) *jen.Statement {
	return jen.Id(m.Name).Add(callParams(m)).Params(goType(m.Output), jen.Error())
}

// streamMethod prints
//
//	FStream(ctx context.Context, in FInput, opts ...l0.CallOption) *l0.Stream[Out]
func streamMethod(m plan.Method) *jen.Statement {
	return jen.Id(m.Name + "Stream").Add(callParams(m)).Op("*").Add(l0("Stream")).Types(goType(m.Output))
}

// messagesMethod prints
//
//	FMessages(in FInput) []l0.Message
func messagesMethod(m plan.Method) *jen.Statement {
	return jen.Id(m.Name + "Messages").Params(jen.Id("in").Add(goType(m.Input))).Index().Add(l0("Message"))
}

// callParams prints
//
//	(ctx context.Context, in FInput, opts ...l0.CallOption)
func callParams(m plan.Method) *jen.Statement {
	return jen.Params(
		jen.Id("ctx").Qual("context", "Context"),
		jen.Id("in").Add(goType(m.Input)),
		jen.Id("opts").Op("...").Add(l0("CallOption")),
	)
}

// callArgs prints
//
//	(ctx, first…, in, opts...)
func callArgs(first ...jen.Code) *jen.Statement {
	args := append([]jen.Code{jen.Id("ctx")}, first...)
	return jen.Call(append(args, jen.Id("in"), jen.Id("opts").Op("..."))...)
}

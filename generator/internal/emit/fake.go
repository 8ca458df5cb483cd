package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// fake prints
//
//	type Fake struct { … }
//
//	var _ support.Caller = (*Fake)(nil)
//
// and its methods.
func fake(f *plan.Fake) []jen.Code {
	out := []jen.Code{
		fakeType(f),
		jen.Var().Id("_").Qual(f.Path, "Caller").Op("=").Parens(jen.Op("*").Id("Fake")).Parens(jen.Nil()),
	}
	for _, m := range f.Methods {
		out = append(out, fakeCall(m), fakeStream(m), fakeMessages(f.Path, m))
	}
	return out
}

// fakeType prints
//
//	type Fake struct {
//		FFunc func(ctx context.Context, in support.FInput, opts ...l0.CallOption) (support.Out, error)
//	}
func fakeType(f *plan.Fake) *jen.Statement {
	return commented(f.Doc, jen.Type().Id("Fake").StructFunc(func(g *jen.Group) {
		for _, m := range f.Methods {
			g.Id(m.Name+"Func").Func().Add(callParams(m.Method)).Params(goType(m.Output), jen.Error())
		}
	}))
}

// fakeCall prints
//
//	func (f *Fake) F(ctx context.Context, in support.FInput, opts ...l0.CallOption) (support.Out, error) {
//		return f.FStream(ctx, in, opts...).Result()
//	}
func fakeCall(m plan.FakeMethod) *jen.Statement {
	doc := plan.Doc(m.Name + " answers with " + m.Name + "Func.")
	return commented(doc, receiver("f", "Fake").Add(callMethod(m.Method)).Block(
		jen.Return(jen.Id("f").Dot(m.Name+"Stream").Add(callArgs()).Dot("Result").Call()),
	))
}

// fakeStream prints
//
//	func (f *Fake) FStream(ctx context.Context, in support.FInput, opts ...l0.CallOption) *l0.Stream[support.Out] {
//		return l0.StreamOf(ctx, "F", f.FFunc, in, opts...)
//	}
func fakeStream(m plan.FakeMethod) *jen.Statement {
	doc := plan.Doc(m.Name + "Stream is [Fake." + m.Name + "] as a stream.")
	return commented(doc, receiver("f", "Fake").Add(streamMethod(m.Method)).Block(
		jen.Return(l0("StreamOf").Add(callArgs(text(m.Prompt), jen.Id("f").Dot(m.Name+"Func")))),
	))
}

// fakeMessages prints
//
//	func (f *Fake) FMessages(in support.FInput) []l0.Message {
//		return new(support.Client).FMessages(in)
//	}
func fakeMessages(path string, m plan.FakeMethod) *jen.Statement {
	doc := plan.Doc(m.Name + "Messages returns the messages that the client sends, for snapshot tests.")
	return commented(doc, receiver("f", "Fake").Add(messagesMethod(m.Method)).Block(
		jen.Return(jen.New(jen.Qual(path, "Client")).Dot(m.Name+"Messages").Call(jen.Id("in"))),
	))
}

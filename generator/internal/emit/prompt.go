package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// prompt prints all of one prompt: its input, its methods, the data that
// describes it, its rendering and its schemas.
func prompt(p *plan.Prompt) []jen.Code {
	out := structType(p.InputStruct)
	out = append(out,
		promptCall(p),
		promptStream(p),
		promptMessages(p),
		jen.Var().Id(p.Var).Op("=").Add(value(p.Function)),
		renderFunc(p.Render),
	)
	for _, c := range p.Schemas {
		out = append(out, constant(c))
	}
	return out
}

// promptCall prints
//
//	func (c *Client) F(ctx context.Context, in FInput, opts ...l0.CallOption) (Out, error) {
//		return c.FStream(ctx, in, opts...).Result()
//	}
func promptCall(p *plan.Prompt) *jen.Statement {
	return commented(p.Doc, receiver("c", "Client").Add(callMethod(p.Method)).Block(
		jen.Return(jen.Id("c").Dot(p.Name+"Stream").Add(callArgs()).Dot("Result").Call()),
	))
}

// promptStream prints
//
//	func (c *Client) FStream(ctx context.Context, in FInput, opts ...l0.CallOption) *l0.Stream[Out] {
//		return l0.Call(ctx, c.binding, &f, in, opts...)
//	}
func promptStream(p *plan.Prompt) *jen.Statement {
	doc := plan.Doc(p.Name + "Stream is [Client." + p.Name + "], delivered while it is produced.")
	return commented(doc, receiver("c", "Client").Add(streamMethod(p.Method)).Block(
		jen.Return(l0("Call").Add(callArgs(jen.Id("c").Dot("binding"), jen.Op("&").Id(p.Var)))),
	))
}

// promptMessages prints
//
//	func (c *Client) FMessages(in FInput) []l0.Message {
//		return f.Messages(in)
//	}
func promptMessages(p *plan.Prompt) *jen.Statement {
	doc := plan.Doc(p.Name + "Messages returns the messages that [Client." + p.Name + "] sends, for snapshot tests.")
	return commented(doc, receiver("c", "Client").Add(messagesMethod(p.Method)).Block(
		jen.Return(jen.Id(p.Var).Dot("Messages").Call(jen.Id("in"))),
	))
}

// receiver prints
//
//	func (c *Client)
func receiver(id, typ string) *jen.Statement {
	return jen.Func().Params(jen.Id(id).Op("*").Id(typ))
}

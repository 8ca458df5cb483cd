package emit_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/emit"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// largePackage declares n prompts, each with an input and an output of a usual
// size, and half as many types.
func largePackage(n int) *irtest.Package {
	p := irtest.New("large")
	p.Model("fast")
	p.Model("strong")
	var types []*ir.Named
	for i := range n/2 + 1 {
		limited := p.Of(ir.String)
		limited.Rules.MaxLength, limited.Doc = new(int64(200)), "What a person would say of it, in a line or two that have to be wrapped."
		fields := []*ir.Field{
			p.Field("title", limited),
			p.Field("kind", p.Enum("one", "two", "three")),
			p.Field("tags", p.List(p.Of(ir.String))),
			p.Optional("due_date", p.Of(ir.DateTime)),
			p.Optional("amount", p.Of(ir.Decimal)),
			p.Field("lines", p.List(p.Object(p.Field("sku", p.Of(ir.String)), p.Field("count", p.Of(ir.Int))))),
		}
		if i > 0 {
			fields = append(fields, p.Optional("parent", p.Ref(types[(i-1)/2])))
		}
		types = append(types, p.Type(fmt.Sprintf("Thing%dAt", i), p.Object(fields...)))
	}
	for i := range n {
		prompt := p.Prompt(fmt.Sprintf("Find%dAll", i), p.Ref(types[i/2]),
			p.Field("subject", p.Of(ir.String)),
			p.Optional("history", p.List(p.Ref(types[(i+1)/3]))),
			p.Field("tone", p.Enum("formal", "friendly")),
		)
		prompt.Doc = "Finds all things of one kind, and says why each of them was found to be one of that kind."
	}
	return p
}

func BenchmarkGenerate(b *testing.B) {
	for _, n := range []int{1, 100, 1000} {
		p := largePackage(n)
		b.Run(fmt.Sprintf("prompts=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				planned := plan.Build(&diag.Report{}, &p.Package, plan.Env{ImportPath: "example.com/app/large"})
				files, err := emit.Files(planned)
				require.NoError(b, err)
				size := 0
				for _, f := range files {
					size += len(f.Content)
				}
				b.ReportMetric(float64(size), "bytes-out")
			}
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	p := largePackage(100)
	b.ReportAllocs()
	for b.Loop() {
		plan.Build(&diag.Report{}, &p.Package, plan.Env{ImportPath: "example.com/app/large"})
	}
}

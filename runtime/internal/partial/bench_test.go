package partial_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/l0gen/l0gen/runtime/internal/partial"
)

type order struct {
	ID    string  `json:"id"`
	Items []item  `json:"items"`
	Total float64 `json:"total"`
	Note  *string `json:"note"`
}

type item struct {
	SKU         string            `json:"sku"`
	Description string            `json:"description"`
	Quantity    int64             `json:"quantity"`
	Price       float64           `json:"price"`
	Tags        []string          `json:"tags"`
	Attributes  map[string]string `json:"attributes"`
	Available   bool              `json:"available"`
}

// orderJSON returns an order of about n bytes.
func orderJSON(n int) string {
	var b strings.Builder
	b.WriteString(`{"id":"A-1","items":[`)
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, `{"sku":"SKU-%05d","description":"A thing with the number %d, in \"good\" condition","quantity":%d,"price":%d.95,`+
			`"tags":["new","sale"],"attributes":{"color":"red","size":"M"},"available":true}`, i, i, i, i)
	}
	b.WriteString(`],"total":123.5,"note":null}`)
	return b.String()
}

func BenchmarkBuilder(b *testing.B) {
	text := orderJSON(20 << 10)
	data := []byte(text)
	b.Run("json.Unmarshal", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			var v order
			if json.Unmarshal(data, &v) != nil {
				b.Fatal("not decoded")
			}
		}
	})
	for _, size := range []int{4, 64, len(text)} {
		for _, grow := range []bool{false, true} {
			b.Run(fmt.Sprintf("chunk=%d/grow=%t", size, grow), func(b *testing.B) {
				var opts []partial.Option
				if grow {
					opts = append(opts, partial.GrowStrings())
				}
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					p := partial.New[order](opts...)
					var v order
					for i := 0; i < len(text); i += size {
						p.Feed(text[i:min(i+size, len(text))])
						v = p.Value()
					}
					if v.Total != 123.5 {
						b.Fatal("not decoded")
					}
				}
			})
		}
	}
}

// BenchmarkGrowth shows that the cost of a byte does not grow with the length of the text.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{20 << 10, 200 << 10, 2 << 20} {
		for _, kind := range []string{"list", "string", "any"} {
			text := orderJSON(n)
			if kind == "string" {
				text = `{"id":"` + strings.Repeat("word ", n/5) + `"}`
			}
			b.Run(fmt.Sprintf("%s/%dKB", kind, n>>10), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					if kind == "any" {
						stream(partial.New[any](partial.GrowStrings()), text)
					} else {
						stream(partial.New[order](partial.GrowStrings()), text)
					}
				}
			})
		}
	}
}

func stream[T any](p *partial.Builder[T], text string) {
	const size = 16
	for i := 0; i < len(text); i += size {
		p.Feed(text[i:min(i+size, len(text))])
		p.Value()
	}
}

package l0_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/retry"
)

// A generated package holds its models and functions as data; this one is written by hand.
func exampleBinding(replies ...l0test.Reply) (*l0.Binding, *l0.Function[string, string]) {
	base := l0.NewClient(l0test.NewProvider("openai", replies...))
	binding, err := l0.Bind(base, &l0.Package{Name: "greet", Models: []l0.Model{{Name: "fast", Provider: "openai", ID: "gpt-4o-mini"}}})
	if err != nil {
		panic(err)
	}
	return binding, &l0.Function[string, string]{
		Name: "Greet", Version: 1, Models: []l0.ModelName{"fast"},
		Render: func(name, format string) []l0.Message {
			return l0.Messages(format, l0.UserMessage("Greet "+name+"."))
		},
	}
}

func ExampleStream_Text() {
	binding, greet := exampleBinding(l0test.Text("Hello, dear Ada!"))
	for text, err := range l0.Call(context.Background(), binding, greet, "Ada").Text() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%q\n", text)
	}
	// Output:
	// "Hello,"
	// " dear"
	// " Ada!"
}

func ExampleStream_Events() {
	binding, greet := exampleBinding(l0test.Text("Hi Ada!"))
	stream := l0.Call(context.Background(), binding, greet, "Ada")
	defer stream.Close()
	for ev, err := range stream.Events() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%v %q\n", ev.Kind, ev.Text)
	}
	text, err := stream.Result()
	fmt.Println(text, err)
	// Output:
	// token "Hi"
	// token " Ada!"
	// complete ""
	// Hi Ada! <nil>
}

func ExampleError() {
	binding, greet := exampleBinding(l0test.Cut("Hello, d"))
	once := l0.WithPolicy(l0.Policy{Retry: retry.Config{Preset: retry.NoRetries}})
	_, err := l0.Call(context.Background(), binding, greet, "Ada", once).Result()
	fmt.Println(err)
	if errors.Is(err, l0.ErrIncomplete) {
		e, _ := errors.AsType[*l0.Error](err)
		fmt.Printf("%s after %q\n", e.Category, e.Partial)
	}
	// Output:
	// l0: Greet v1 on fast: the stream was cut before the reply was complete [INCOMPLETE]
	// content after "Hello, d"
}

func ExampleCapture() {
	binding, greet := exampleBinding(l0test.Text("Hi Ada!"))
	var report l0.Report
	_, err := l0.Call(context.Background(), binding, greet, "Ada", l0.Capture(&report)).Result()
	fmt.Println(report.Function, report.Attempts[0].Model, report.Attempts[0].Bytes, report.Finish, err)
	// Output: Greet fast 7 stop <nil>
}

func ExampleJSON() {
	type city struct {
		Name string     `json:"name"`
		Area l0.Decimal `json:"area"`
	}
	provider := l0test.NewProvider("any", l0test.Text(`{"name": "Oslo", "area": 454.00}`))
	open := func(ctx context.Context) (l0.Source, error) { return provider.Open(ctx, &l0.Request{}) }
	c, err := l0.JSON[city](context.Background(), open).Result()
	fmt.Println(c.Name, c.Area, err)
	// Output: Oslo 454.00 <nil>
}

func ExampleBind() {
	base := l0.NewClient() // no providers at all
	_, err := l0.Bind(base, &l0.Package{Name: "greet", Models: []l0.Model{{Name: "fast", Provider: "openai"}}})
	fmt.Println(err)
	// Output: l0: package greet cannot be bound: provider "openai" is missing (for model fast); give l0.NewClient the providers and set the keys [NOT_CONFIGURED]
}

func ExampleStreamOf() {
	double := func(_ context.Context, n int, _ ...l0.CallOption) (int, error) { return 2 * n, nil }
	fmt.Println(l0.StreamOf(context.Background(), "Double", double, 21).Result())
	// Output: 42 <nil>
}

func ExampleDecimal() {
	price, _ := l0.ParseDecimal("0.10")
	other, _ := l0.ParseDecimal("1e-1")
	fmt.Println(price, price.Equal(other))
	// Output: 0.10 true
}

func ExampleDate() {
	d, _ := l0.ParseDate("2024-02-28")
	fmt.Println(d.AddDays(2), d.In(time.UTC))
	// Output: 2024-03-01 2024-02-28 00:00:00 +0000 UTC
}

func ExampleDuration() {
	d, _ := l0.ParseDuration("P1DT90M")
	std, err := d.Std()
	fmt.Println(d, std, err)
	// Output: P1DT90M 25h30m0s <nil>
}

func ExampleNullable() {
	for _, n := range []l0.Nullable[int]{{}, l0.Null[int](), l0.NullableOf(7)} {
		v, ok := n.Get()
		fmt.Println(v, ok, n.IsNull(), n.IsZero())
	}
	// Output:
	// 0 false false true
	// 0 false true false
	// 7 true false false
}

func ExampleMessages() {
	for _, m := range l0.Messages("Answer in JSON.", l0.SystemMessage("You sort tickets."), l0.UserMessage("Site down")) {
		fmt.Printf("%s: %q\n", m.Role, m.Text)
	}
	// Output:
	// system: "You sort tickets.\n\nAnswer in JSON."
	// user: "Site down"
}

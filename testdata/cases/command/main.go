// Command command is a program whose prompts are in package main.
package main

import (
	"context"
	"fmt"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func main() {
	client, err := New(l0.NewClient(l0test.NewProvider("scripted", l0test.Text("Hello, Ada!"))))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Greet(context.Background(), GreetInput{Who: "Ada"}))
}

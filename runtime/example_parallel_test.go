package l0_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// A generated method looks like this; its model is played by a table.
func capital(_ context.Context, country string, _ ...l0.CallOption) (string, error) {
	city, ok := map[string]string{"Norway": "Oslo", "Sweden": "Stockholm", "Latvia": "Riga"}[country]
	if !ok {
		return "", errors.New("no such country")
	}
	return city, nil
}

func ExampleBatch() {
	countries := []string{"Norway", "Sweden", "Latvia"}
	cities, err := l0.Batch(context.Background(), countries, capital, l0.BatchOptions{Concurrency: 8})
	fmt.Println(cities.Values(), err)
	// Output: [Oslo Stockholm Riga] <nil>
}

// What succeeded is there even if something else failed.
func ExampleBatch_failures() {
	countries := []string{"Norway", "Atlantis", "Latvia"}
	cities, err := l0.Batch(context.Background(), countries, capital, l0.BatchOptions{})
	fmt.Println(err)
	for i, city := range cities.Succeeded() {
		fmt.Println(countries[i], city)
	}
	// Output:
	// l0: 1 of 3 items failed: item 1: no such country
	// Norway Oslo
	// Latvia Riga
}

func ExampleBatchSeq() {
	countries := []string{"Norway", "Sweden", "Latvia"}
	for item := range l0.BatchSeq(context.Background(), countries, capital, l0.BatchOptions{Concurrency: 2}) {
		if item.Err != nil {
			fmt.Println(countries[item.Index], item.Err)
			continue
		}
		fmt.Println(countries[item.Index], item.Value)
	}
	// Unordered output:
	// Norway Oslo
	// Sweden Stockholm
	// Latvia Riga
}

func ExampleParallel() {
	population := func(context.Context, ...l0.CallOption) (string, error) { return "700 thousand", nil }
	facts, err := l0.Parallel(context.Background(), []l0.Task[string]{
		l0.TaskOf(capital, "Norway"),
		population,
	}, l0.ParallelOptions{FailFast: true})
	fmt.Println(strings.Join(facts.Values(), ", "), err)
	// Output: Oslo, 700 thousand <nil>
}

func ExampleRace() {
	slow := func(ctx context.Context, _ ...l0.CallOption) (string, error) {
		<-ctx.Done() // it loses, and is cancelled
		return "", ctx.Err()
	}
	winner, err := l0.Race(context.Background(), []l0.Task[string]{
		slow,
		l0.TaskOf(capital, "Atlantis"), // an error does not win
		l0.TaskOf(capital, "Norway"),
	}, l0.RaceOptions{})
	fmt.Println(winner.Index, winner.Value, err)
	// Output: 2 Oslo <nil>
}

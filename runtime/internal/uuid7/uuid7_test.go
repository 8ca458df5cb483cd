package uuid7_test

import (
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/internal/uuid7"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var form = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestForm(t *testing.T) {
	t.Parallel()
	// The moment of the example in RFC 9562, A.6.
	now := time.UnixMilli(0x017F22E279B0).Add(500 * time.Microsecond)
	id := uuid7.New(now)
	assert.Regexp(t, form, id)
	assert.Equal(t, "017f22e2-79b0-7800-", id[:19], "the time, the version, half a millisecond")
	for _, odd := range []time.Time{{}, time.Unix(0, 0), time.Unix(0, -1), time.UnixMilli(1<<48 - 1), time.UnixMilli(1 << 60)} {
		assert.Regexp(t, form, uuid7.New(odd), odd.String())
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 999_900_000, time.UTC)
	last := ""
	for range 1000 {
		id := uuid7.New(now)
		assert.Less(t, last, id)
		last, now = id, now.Add(250*time.Nanosecond)
	}
}

func TestUnique(t *testing.T) {
	t.Parallel()
	const workers, each = 8, 12500 // 100,000 in all
	now := time.Now()              // the same for all
	ids := make([][]string, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for range each {
				ids[w] = append(ids[w], uuid7.New(now))
			}
		})
	}
	wait.Wait()
	seen := make(map[string]bool, workers*each)
	for _, list := range ids {
		for _, id := range list {
			seen[id] = true
		}
	}
	assert.Len(t, seen, workers*each)
}

func BenchmarkNew(b *testing.B) {
	now := time.Now()
	b.ReportAllocs()
	for b.Loop() {
		uuid7.New(now)
	}
}

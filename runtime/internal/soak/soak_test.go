package soak

import (
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// How many calls run at once, and how many failures are shown.
const (
	atOnce   = 64
	maxShown = 10
	// tooLate is how late timers may be before no more calls are begun: on a machine that is busy
	// with something else all calls would only time out.
	tooLate = 20 * time.Millisecond
)

// heapLimit bounds what the client, the server and the tests need together.
const heapLimit = 256 << 20

// size is how long the test runs.
type size struct {
	seed  uint64
	calls int64 // no limit if zero
	time  time.Duration
	again bool // the same call again and again
}

func sizeOf(t *testing.T) (s size) {
	t.Helper()
	s.time, s.seed = 2*time.Second, rand.Uint64()
	if text := os.Getenv("SOAKTIME"); text != "" {
		d, err := time.ParseDuration(text)
		require.NoError(t, err, "SOAKTIME")
		s.time = d
	}
	if text := os.Getenv("SOAKCALLS"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		require.NoError(t, err, "SOAKCALLS")
		s.calls, s.time = n, time.Hour
	}
	if text := os.Getenv("SOAKSEED"); text != "" {
		n, err := strconv.ParseUint(text, 10, 64)
		require.NoError(t, err, "SOAKSEED")
		s.seed, s.again = n, true
		if s.calls == 0 {
			s.calls = 200
		}
	}
	return s
}

// TestSoak makes calls at random and checks each of them; see the package's documentation.
func TestSoak(t *testing.T) { //nolint:paralleltest // it measures time
	s := sizeOf(t)
	w := newWorld(t)
	p := startProbe()
	defer p.close()
	r := &run{t: t, world: w, probe: p, size: s, start: time.Now()}
	var wg sync.WaitGroup
	for range atOnce {
		wg.Go(r.work)
	}
	over := make(chan struct{})
	watched := make(chan struct{})
	go func() { defer close(watched); r.watchMemory(over) }()
	wg.Wait()
	close(over)
	<-watched
	t.Logf("%d calls, %d of them succeeded, %d attempts in %v; heap at most %d KB; %d unclear",
		r.made.Load(), r.good.Load(), w.requests.Load(), time.Since(r.start).Round(time.Millisecond), r.heap.Load()>>10, r.unclear.Load())
	r.afterwards()
}

// run is one run of the test.
type run struct {
	t     *testing.T
	world *world
	probe *probe
	size  size
	start time.Time

	taken, made, good, unclear, shown, busy atomic.Int64
	heap                                    atomic.Uint64
}

// work makes calls until it is time to stop.
func (r *run) work() {
	for {
		n := r.taken.Add(1)
		if r.size.calls > 0 && n > r.size.calls || time.Since(r.start) > r.size.time || r.shown.Load() >= maxShown {
			return
		}
		for range 100 {
			if now := time.Now(); r.probe.between(now.Add(-2*span), now) < tooLate || r.busy.Load() < 4 {
				break
			}
			<-time.NewTimer(tick).C
		}
		seed := r.size.seed
		if !r.size.again {
			seed = rand.New(rand.NewPCG(r.size.seed, uint64(n))).Uint64() //nolint:gosec // it must be repeatable
		}
		r.call(seed)
	}
}

// call makes the call of a seed and reports what is wrong with it.
func (r *run) call(seed uint64) {
	c := &call{
		plan: newPlan(seed), id: strconv.FormatInt(r.world.next.Add(1), 10),
		scripts: map[int]*script{}, asked: map[int]string{},
	}
	r.world.calls.Store(c.id, c)
	r.busy.Add(1)
	c.run(r.t.Context(), r.world)
	r.busy.Add(-1)
	r.world.calls.Delete(c.id)
	r.made.Add(1)
	if c.yes {
		r.good.Add(1)
	}
	if c.isUnclear() {
		r.unclear.Add(1)
	}
	if by, reason := c.late(r.probe); by > 0 {
		c.wrong("it ended %v too late: %s; timers were up to %v late meanwhile; %s", by, reason, r.probe.between(c.started, c.ended), c.course)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.wrongs) > 0 && r.shown.Add(1) <= maxShown {
		r.t.Errorf("SOAKSEED=%d: %v\n%v", seed, c.plan, shortened(c.wrongs))
	}
}

// shortened returns texts with at most some thousand bytes of each.
func shortened(texts []string) (out []string) {
	const most = 3000
	for _, text := range texts[:min(len(texts), 5)] {
		if len(text) > most {
			text = text[:most] + "…"
		}
		out = append(out, "\n"+text)
	}
	return out
}

// watchMemory measures the heap until the calls are over.
func (r *run) watchMemory(over <-chan struct{}) {
	timer := time.NewTicker(100 * time.Millisecond)
	defer timer.Stop()
	for {
		select {
		case <-over:
			return
		case <-timer.C:
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		r.heap.Store(max(r.heap.Load(), m.HeapAlloc))
	}
}

// afterwards checks that nothing is left of the calls.
func (r *run) afterwards() {
	t, w := r.t, r.world
	assert.Less(t, r.heap.Load(), uint64(heapLimit), "the heap")
	if !r.size.again {
		assert.Greater(t, r.good.Load()*10, r.made.Load(), "many calls should succeed")
		assert.Less(t, r.unclear.Load()*100, r.made.Load(), "the result of most calls should be clear")
	}
	require.NoError(t, w.server.WaitIdle(t.Context()))
	w.client.CloseIdleConnections()
	assert.Eventually(t, func() bool { return w.bodies.Load() == 0 && w.conns.Load() == 0 }, 10*time.Second, 10*time.Millisecond,
		"%d bodies and %d connections are open", w.bodies.Load(), w.conns.Load())
	assert.Zero(t, w.server.Open())
	http.DefaultClient.CloseIdleConnections()
}

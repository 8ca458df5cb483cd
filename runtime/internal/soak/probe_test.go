package soak

import (
	"runtime"
	"sync"
	"time"
)

// probe measures how late timers and goroutines are, which is what a loaded machine adds to every deadline.
type probe struct {
	start time.Time
	stop  chan struct{}
	done  chan struct{}

	mu   sync.Mutex
	last time.Time       // of the last tick
	lag  []time.Duration // the longest in each span
}

const (
	span = 50 * time.Millisecond
	tick = 5 * time.Millisecond
)

func startProbe() *probe {
	now := time.Now()
	p := &probe{start: now, last: now, stop: make(chan struct{}), done: make(chan struct{})}
	go p.run()
	return p
}

func (p *probe) run() {
	defer close(p.done)
	timer := time.NewTimer(tick)
	defer timer.Stop()
	for last := time.Now(); ; {
		select {
		case <-p.stop:
			return
		case <-timer.C:
		}
		runtime.Gosched() // timers go first; a goroutine waits for all that can run
		now := time.Now()
		p.note(last, now, now.Sub(last)-tick)
		last = now
		timer.Reset(tick)
	}
}

// note writes down a lag for all spans that it lasted.
func (p *probe) note(from, to time.Time, lag time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = to
	for i := int(from.Sub(p.start) / span); i <= int(to.Sub(p.start)/span); i++ {
		for i >= len(p.lag) {
			p.lag = append(p.lag, 0)
		}
		p.lag[i] = max(p.lag[i], lag)
	}
}

// between returns the longest lag from one time to another.
func (p *probe) between(from, to time.Time) (longest time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := max(int(from.Sub(p.start)/span), 0); i <= int(to.Sub(p.start)/span) && i < len(p.lag); i++ {
		longest = max(longest, p.lag[i])
	}
	return max(longest, to.Sub(p.last)-tick) // what is going on now
}

func (p *probe) close() {
	close(p.stop)
	<-p.done
}

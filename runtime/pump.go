package l0

import (
	"context"
	"sync"
)

// maxBatch is how many chunks a pump reads ahead, maxAhead how many bytes.
const (
	maxBatch = 16
	maxAhead = 1 << 20
)

// pump reads a source on a goroutine of its own and hands over what has come in batches, so
// that a reader can leave while Next is stuck, and a fast source costs no wake-up per chunk.
type pump struct {
	bell  chan struct{} // rings when something has come
	room  chan struct{} // rings when the reader has taken a full batch
	gone  chan struct{} // closed when the reader has left
	leave sync.Once

	batch []Chunk // the reader's own
	at    int     // the next of batch

	mu     sync.Mutex
	filled []Chunk // the pump's own, swapped with batch
	bytes  int     // of text in filled
	waits  bool    // the pump waits for room
	err    error   // comes after all of filled
}

func startPump(src Source) *pump {
	p := &pump{
		bell: make(chan struct{}, 1),
		room: make(chan struct{}, 1),
		gone: make(chan struct{}),
	}
	go p.run(src)
	return p
}

// run reads until the source ends or the reader leaves.
func (p *pump) run(src Source) {
	for {
		select {
		case <-p.gone:
			return
		default:
		}
		c, err := safeNext(src)
		p.mu.Lock()
		if err != nil {
			p.err = err
		} else {
			p.filled = append(p.filled, c)
			p.bytes += len(c.Text) + len(c.Reasoning)
		}
		full := len(p.filled) >= maxBatch || p.bytes >= maxAhead
		p.waits = full
		p.mu.Unlock()
		ring(p.bell)
		if err != nil {
			return
		}
		if full {
			select {
			case <-p.room:
			case <-p.gone:
				return
			}
		}
	}
}

// next returns the next chunk, or the cause of ctx when that ends first.
func (p *pump) next(ctx context.Context) (Chunk, error) {
	for {
		if p.at < len(p.batch) {
			c := p.batch[p.at]
			p.at++
			return c, nil
		}
		p.mu.Lock()
		p.batch, p.filled, p.at = p.filled, p.batch[:0], 0
		err, waits := p.err, p.waits
		p.bytes, p.waits = 0, false
		p.mu.Unlock()
		switch {
		case waits:
			ring(p.room)
		case len(p.batch) > 0:
		case err != nil:
			return Chunk{}, err
		default:
			select {
			case <-p.bell:
			case <-ctx.Done():
				return Chunk{}, context.Cause(ctx)
			}
		}
	}
}

// stop tells the pump that nobody reads any more. It does not wait.
func (p *pump) stop() { p.leave.Do(func() { close(p.gone) }) }

// ring wakes whoever waits for c, now or next.
func ring(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func safeNext(src Source) (c Chunk, err error) {
	defer recoverTo(&err, "the stream's Next")
	return src.Next()
}

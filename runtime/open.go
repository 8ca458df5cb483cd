package l0

import (
	"context"
)

// openSource calls open, which is a provider's or a user's, and waits for it no longer than
// ctx lasts. A source that comes too late is closed.
func openSource(ctx context.Context, open func(context.Context) (Source, error)) (Source, error) {
	type opened struct {
		src Source
		err error
	}
	results := make(chan opened)
	go func() {
		src, err := safeOpen(ctx, open)
		select {
		case results <- opened{src, err}:
		case <-ctx.Done():
			if src != nil {
				_ = safeClose(src)
			}
		}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case r := <-results:
		switch {
		case r.err != nil:
			if r.src != nil {
				_ = safeClose(r.src)
			}
			return nil, r.err
		case r.src == nil:
			return nil, &Error{Code: CodeInvalidStream}
		}
		return r.src, nil
	}
}

func safeOpen(ctx context.Context, open func(context.Context) (Source, error)) (src Source, err error) {
	defer recoverTo(&err, "opening the stream")
	return open(ctx)
}

func safeClose(src Source) (err error) {
	defer recoverTo(&err, "the stream's Close")
	return src.Close()
}

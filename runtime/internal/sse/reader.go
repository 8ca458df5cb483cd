package sse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// startSize is the size of a new reader's buffer. Most events are a tenth of it.
const startSize = 4 << 10

// longestField is the room that a line may take beside its data: "data: ".
const longestField = 6

// Event is one event of a stream. Its bytes are valid until the next call of [Reader.Next].
type Event struct {
	// Name is what the event's last event field says, empty if it has none.
	Name []byte
	// Data is the content of the data fields, joined by line feeds.
	Data []byte
	// Unfinished is set on an event that the stream ended in: no empty line came after it,
	// so that its data may be cut.
	Unfinished bool
}

// TooLargeError says that an event, or a line that is none, exceeds the limit of a reader.
type TooLargeError struct {
	Limit int // in bytes
}

// Error returns the limit.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("an event is larger than %d bytes", e.Limit)
}

// Reader reads events. It is not safe for concurrent use.
type Reader struct {
	src   io.Reader
	limit int
	err   error // what src ended with

	buf []byte
	pos int // where the line to read next begins
	end int // of what was read into buf

	seen int  // up to where the line was searched for its end
	feed int  // where the next line feed is, if it was found: not before pos
	fed  int  // up to where a line feed was searched
	crlf bool // the last line ended with a carriage return: a line feed now belongs to it
	body bool // the byte order mark can no longer come

	hasData          bool
	dataFrom, dataTo int // of the event that is being read
	name             []byte
}

// NewReader returns a reader of src. An event whose data is larger than limit bytes ends the
// stream with a [*TooLargeError].
func NewReader(src io.Reader, limit int) *Reader {
	return &Reader{src: src, limit: limit, buf: make([]byte, startSize), feed: -1}
}

// Next returns the next event that has data. After the last one it returns io.EOF, or the
// error that reading failed with; then an event that was not complete is lost, while at
// io.EOF it is returned as [Event.Unfinished].
func (r *Reader) Next() (Event, error) {
	r.hasData, r.name = false, r.name[:0]
	r.dataFrom, r.dataTo = r.pos, r.pos
	for {
		line, ok, err := r.line()
		if err != nil {
			return Event{}, err
		}
		switch {
		case !ok && r.hasData:
			return Event{Name: r.name, Data: r.buf[r.dataFrom:r.dataTo], Unfinished: true}, nil
		case !ok:
			return Event{}, r.err
		case len(line) > 0:
			if err := r.field(line); err != nil {
				return Event{}, err
			}
		case r.hasData:
			return Event{Name: r.name, Data: r.buf[r.dataFrom:r.dataTo]}, nil
		default:
			r.name = r.name[:0]
		}
	}
}

// field takes one line that is not empty. Comments and unknown fields are skipped.
func (r *Reader) field(line []byte) error {
	name, value := line, line[len(line):]
	if i := bytes.IndexByte(line, ':'); i >= 0 { //nolint:modernize // value must stay a part of buf; Cut may return nil
		name, value = line[:i], line[i+1:]
	}
	if len(value) > 0 && value[0] == ' ' {
		value = value[1:]
	}
	switch string(name) {
	case "data":
		return r.data(value)
	case "event":
		r.name = append(r.name[:0], value...)
	}
	return nil
}

// data adds a line to the event's data. Lines are joined inside of the buffer: what stands
// between them is the name of the field, which is longer than a line feed.
func (r *Reader) data(value []byte) error {
	size := len(value)
	if r.hasData {
		size += r.dataTo - r.dataFrom + 1
	}
	if size > r.limit {
		return r.fail(&TooLargeError{Limit: r.limit})
	}
	if !r.hasData {
		r.hasData = true
		r.dataFrom = cap(r.buf) - cap(value) // value is a part of buf
		r.dataTo = r.dataFrom + len(value)
		return nil
	}
	r.buf[r.dataTo] = '\n'
	copy(r.buf[r.dataTo+1:], value)
	r.dataTo += 1 + len(value)
	return nil
}

// line returns the next line without its end. At the end of the stream ok is false, after a
// last line that has no end.
func (r *Reader) line() (line []byte, ok bool, err error) {
	for {
		if r.crlf && r.pos < r.end {
			r.crlf = false
			if r.buf[r.pos] == '\n' {
				r.skip(1)
			}
		}
		if at := r.find(); at >= 0 {
			line = r.buf[r.pos:at]
			r.crlf = r.buf[at] == '\r'
			r.skip(at + 1 - r.pos)
			line = r.withoutMark(line)
			if len(line) > r.limit+longestField {
				return nil, false, r.fail(&TooLargeError{Limit: r.limit})
			}
			return line, true, nil
		}
		if r.end-r.pos > r.limit+longestField+len(mark) {
			return nil, false, r.fail(&TooLargeError{Limit: r.limit})
		}
		if r.err == nil {
			r.fill()
			continue
		}
		if !errors.Is(r.err, io.EOF) {
			return nil, false, r.err
		}
		if r.pos == r.end {
			return nil, false, nil
		}
		line = r.withoutMark(r.buf[r.pos:r.end])
		r.skip(r.end - r.pos)
		if len(line) > r.limit+longestField {
			return nil, false, r.fail(&TooLargeError{Limit: r.limit})
		}
		if len(line) > 0 {
			return line, true, nil
		}
	}
}

// skip moves past n bytes.
func (r *Reader) skip(n int) {
	r.pos += n
	r.seen = max(r.seen, r.pos)
}

// find returns where the line ends, -1 if that has not been read yet. Every byte is searched
// once for a line feed and once for a carriage return, however small the pieces are.
func (r *Reader) find() int {
	if r.feed < r.pos {
		r.feed = -1
		from := max(r.pos, r.fed)
		r.fed = r.end
		if i := bytes.IndexByte(r.buf[from:r.end], '\n'); i >= 0 {
			r.feed = from + i
			r.fed = r.feed + 1
		}
	}
	stop := r.end
	if r.feed >= 0 {
		stop = r.feed
	}
	if r.seen < stop {
		if i := bytes.IndexByte(r.buf[r.seen:stop], '\r'); i >= 0 {
			at := r.seen + i
			r.seen = at + 1
			return at
		}
		r.seen = stop
	}
	return r.feed
}

const mark = "\xEF\xBB\xBF"

// withoutMark drops the byte order mark in front of the stream's first line.
func (r *Reader) withoutMark(line []byte) []byte {
	if r.body {
		return line
	}
	r.body = true
	return bytes.TrimPrefix(line, []byte(mark))
}

// fail ends the stream with err.
func (r *Reader) fail(err error) error {
	r.err, r.pos, r.end, r.seen, r.fed, r.feed = err, 0, 0, 0, 0, -1
	return err
}

// fill reads more, after making room if there is none. An empty read is not repeated for
// ever: readers that return nothing without an error are broken.
func (r *Reader) fill() {
	if r.pos == r.end || r.end == len(r.buf) {
		r.compact()
	}
	if r.end == len(r.buf) {
		r.grow()
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if n > 0 || err != nil {
			r.err = err
			return
		}
	}
	r.err = io.ErrNoProgress
}

// compact moves what is still needed, the data of the event and the line that has begun, to
// the front of the buffer.
func (r *Reader) compact() {
	n := 0
	if r.hasData {
		n = copy(r.buf, r.buf[r.dataFrom:r.dataTo])
	}
	r.dataFrom, r.dataTo = 0, n
	shift := r.pos - n
	r.end = n + copy(r.buf[n:], r.buf[r.pos:r.end])
	r.pos, r.seen, r.fed = n, r.seen-shift, max(r.fed-shift, n)
	r.feed = max(r.feed-shift, -1)
}

func (r *Reader) grow() {
	larger := make([]byte, 2*len(r.buf))
	copy(larger, r.buf[:r.end])
	r.buf = larger
}

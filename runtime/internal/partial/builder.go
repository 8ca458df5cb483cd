package partial

import (
	"reflect"
	"strings"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
)

// Builder makes a value of type T from text that comes in pieces. It is for one goroutine.
type Builder[T any] struct {
	value  *T
	filler *filler
	finder finder
	text   *strings.Builder // instead of the two above, if the value is the text
}

type options struct {
	growStrings bool
	typed       bool
}

// Option changes how a [Builder] works.
type Option func(*options)

// GrowStrings makes the string that is being written appear in the value before it is closed.
func GrowStrings() Option { return func(o *options) { o.growStrings = true } }

// Typed makes a Builder[string] read a JSON string. Without it its value is the text itself.
func Typed() Option { return func(o *options) { o.typed = true } }

// New returns a Builder that has read nothing.
func New[T any](opts ...Option) *Builder[T] {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	b := &Builder[T]{value: new(T)}
	if _, isString := any(b.value).(*string); isString && !o.typed {
		b.text = &strings.Builder{}
		return b
	}
	typ := gotype.Of(reflect.TypeFor[T]())
	b.filler = newFiller(typ, reflect.ValueOf(b.value).Elem(), o.growStrings)
	b.finder = finder{typ: typ.Base()}
	return b
}

// Feed reads the next piece of the text. It reports whether the value is another now, or the
// state of a part of it that was begun or closed.
//
// The value begins at the first brace or bracket that begins a line, so that prose may be before
// it; a scalar must begin the text, but for a code fence. If what looked like the beginning turns
// out not to be JSON before anything in it is closed, the search goes on. Where a line has
// brackets that do not match, there is no value at all, since it could be a wrong one. What
// follows the value is ignored.
func (b *Builder[T]) Feed(text string) (changed bool) {
	if b.text != nil {
		b.text.WriteString(text)
		return text != ""
	}
	f := b.filler
	f.changed = false
	for text != "" {
		if !b.finder.found {
			text = b.finder.find(text)
			continue
		}
		read := f.feed(text)
		if f.closed == 0 {
			b.finder.tried(text[:read])
		}
		if f.over() && b.finder.mistaken(f) {
			text = text[read:]
			b.finder.resume(f.parser.Depth())
			f.reset()
			f.changed = true
			continue
		}
		break
	}
	return f.changed
}

// End tells b that the text has ended. It makes a difference to a number that is the whole
// text, which could have gone on. It reports whether the value is another now.
func (b *Builder[T]) End() (changed bool) {
	if b.text != nil || !b.finder.found {
		return false
	}
	b.filler.changed = false
	b.filler.end()
	return b.filler.changed
}

// Value returns the value so far, the zero value if there is none. Its lists, maps and pointers
// belong to b and change with the next Feed; strings never do.
func (b *Builder[T]) Value() T {
	if b.text != nil {
		var v T
		*any(&v).(*string) = b.text.String() //nolint:errcheck,forcetypeassert // New looked
		return v
	}
	b.filler.settle()
	return *b.value
}

// Reset makes b as [New] returned it. Values that it returned are no longer touched.
func (b *Builder[T]) Reset() {
	if b.text != nil {
		b.text.Reset()
		return
	}
	b.filler.reset()
	b.finder = finder{typ: b.finder.typ}
}

// Complete reports whether the value was read to its end.
func (b *Builder[T]) Complete() bool { return b.filler != nil && b.filler.complete() }

// Misfits returns JSON pointers to the values that do not fit their Go types, in the order
// of the text. There are at most 100.
func (b *Builder[T]) Misfits() []string {
	if b.filler == nil {
		return nil
	}
	return b.filler.misfits
}

package partial

import (
	"errors"
	"reflect"
	"strings"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
	"github.com/l0gen/l0gen/runtime/internal/jsonpush"
)

// maxMisfits bounds what is remembered of values that do not fit.
const maxMisfits = 100

// filler fills a Go value from the events of a parser. It holds the stack of the objects and
// lists that are open.
type filler struct {
	parser *jsonpush.Parser
	typ    *gotype.Type
	root   reflect.Value
	grow   bool // show the string that is being written
	frames []frame

	changed   bool // since the caller set it to false
	unsettled bool // something is not in root yet, see settle
	done      bool // the value is closed
	broken    bool // code of the user did what it must not
	doneAt    int  // and this is where
	closed    int  // values inside the root that are closed, of any fit
	first     byte // what the value begins with
	misfits   []string
	states    states

	skip int // open objects and lists of a value that is not looked into

	// The piece that is being read, and where in the text it begins.
	piece string
	base  int

	// The value that is being captured as it is written: one that decodes itself.
	capturing bool
	raw       []byte
	rawStart  int

	// The string that is being read.
	str     stringMode
	text    []byte
	node    int32 // of it, or of the value that is being captured
	grown   strings.Builder
	slotted bool // it has its place in the value already
	place   reflect.Value

	scalar literal // the whole value, if it is no object and no list: it waits for the end
}

// stringMode says what to do with the string that is being read.
type stringMode uint8

const (
	stringSkipped stringMode = iota
	stringKept
	stringGrows
)

func newFiller(typ *gotype.Type, root reflect.Value, grow bool) *filler {
	f := &filler{typ: typ, root: root, grow: grow}
	f.parser = jsonpush.New(f, jsonpush.Limits{})
	return f
}

// reset makes f forget all it has read.
func (f *filler) reset() {
	f.parser.Reset()
	f.root.SetZero()
	f.states.reset()
	clear(f.frames[:cap(f.frames)])
	*f = filler{
		parser: f.parser, typ: f.typ, root: f.root, grow: f.grow,
		frames: f.frames[:0], raw: f.raw[:0], text: f.text[:0], states: f.states,
	}
}

// feed reads a piece and returns how much of it: all, unless f is over. The value of an object
// or a list ends with its bracket.
func (f *filler) feed(piece string) (read int) {
	if f.over() {
		return 0
	}
	f.piece, f.base = piece, f.parser.Offset()
	if f.base == 0 {
		f.first = piece[0]
	}
	defer f.guard()
	_ = f.parser.FeedString(piece) // over asks for its state
	read = f.parser.Offset() - f.base
	if f.done && f.scalar.kind == 0 {
		read = f.doneAt - f.base // the parser may have read on
	}
	if f.capturing {
		f.raw = append(f.raw, piece[max(f.rawStart-f.base, 0):read]...)
	}
	return read
}

// guard stops f for good after a panic: one of a type of the user, in a place where none is
// expected.
func (f *filler) guard() {
	if recover() != nil {
		f.broken = true
	}
}

// over reports whether no more text is of interest.
func (f *filler) over() bool {
	return f.broken || f.parser.State() == jsonpush.Broken || f.done && f.scalar.kind == 0
}

func (f *filler) complete() bool { return f.done && !f.broken && f.scalar.kind == 0 }

// end is called behind the last piece. A value that is a scalar must be all there is but for
// the end of a code fence: before that, it could be the first word of an answer in prose.
func (f *filler) end() {
	defer f.guard()
	err := f.parser.End()
	if f.scalar.kind == 0 || f.broken {
		return
	}
	if bad, ok := errors.AsType[*jsonpush.Error](err); ok && (bad.Fault != jsonpush.Trailing || bad.Byte != '`') {
		return
	}
	if len(f.states.nodes) == 0 {
		f.open()
	}
	f.node = 0
	f.closeLeaf(f.scalar)
	f.scalar = literal{}
}

// Event implements [jsonpush.Handler].
func (f *filler) Event(ev jsonpush.Event) {
	switch ev.Kind {
	case jsonpush.Key:
		if f.skip == 0 {
			f.frames[len(f.frames)-1].key(ev.Text)
		}
	case jsonpush.ObjectBegin, jsonpush.ArrayBegin:
		if f.skip > 0 {
			f.skip++
			return
		}
		f.begin(ev)
	case jsonpush.StringBegin:
		if f.skip == 0 {
			f.beginString(ev)
		}
	case jsonpush.StringPiece:
		if f.skip == 0 {
			f.addText(ev.Text)
		}
	default:
		f.endValue(ev)
	}
}

// endValue handles the events that close a value.
func (f *filler) endValue(ev jsonpush.Event) {
	if f.parser.Depth() == 0 {
		f.done, f.doneAt = true, ev.End
	} else {
		f.closed++
	}
	container := ev.Kind == jsonpush.ObjectEnd || ev.Kind == jsonpush.ArrayEnd
	switch {
	case f.skip > 1 || f.skip == 1 && !container:
		if container {
			f.skip--
		}
	case f.skip == 1:
		f.skip = 0
		if f.capturing {
			f.endCapture(ev)
		}
	case container:
		f.pop()
	case ev.Kind == jsonpush.StringEnd:
		f.endString(ev)
	default:
		f.advance()
		f.leaf(literal{kind: ev.Kind, text: ev.Text})
	}
}

// begin handles the begin of an object or a list.
func (f *filler) begin(ev jsonpush.Event) {
	f.advance()
	typ := f.nextType()
	if typ == nil {
		f.skip = 1
		return
	}
	kind := typ.Base().Kind
	object := ev.Kind == jsonpush.ObjectBegin
	quoted := f.quoted()
	switch {
	case kind == gotype.JSON && !quoted:
		f.skip = 1
		f.capture(ev.Start)
	case kind == gotype.Any && !quoted:
		f.pushAny(typ, object)
	case object && (kind == gotype.Struct || kind == gotype.Map),
		!object && (kind == gotype.Slice || kind == gotype.Array):
		f.push(typ)
	default:
		f.skip = 1
		f.misfit()
		f.states.set(f.open(), Absent)
	}
}

// capture begins to keep a value as it is written.
func (f *filler) capture(start int) {
	f.capturing, f.rawStart, f.raw = true, start, f.raw[:0]
	f.node = f.open()
}

// endCapture ends it and sets the value.
func (f *filler) endCapture(ev jsonpush.Event) {
	f.raw = append(f.raw, f.piece[max(f.rawStart-f.base, 0):ev.End-f.base]...)
	f.capturing = false
	l := literal{kind: ev.Kind, raw: f.raw}
	if len(f.frames) == 0 && ev.Kind == jsonpush.StringEnd {
		f.scalar = l
		return
	}
	f.closeLeaf(l)
}

// closeLeaf sets a leaf whose node was opened.
func (f *filler) closeLeaf(l literal) {
	if f.setLeaf(l) {
		f.states.set(f.node, Closed)
	} else {
		f.states.set(f.node, Absent)
	}
}

// leaf handles a number, true, false or null.
func (f *filler) leaf(l literal) {
	switch {
	case len(f.frames) == 0:
		l.text = append([]byte(nil), l.text...)
		f.scalar = l
	case f.nextType() != nil:
		f.node = f.open()
		f.closeLeaf(l)
	}
}

// misfit notes that the value does not fit its type and leaves it absent.
func (f *filler) misfit() {
	if len(f.misfits) < maxMisfits {
		f.misfits = append(f.misfits, f.path())
	}
	if len(f.frames) == 0 {
		return
	}
	switch top := &f.frames[len(f.frames)-1]; top.kind {
	case gotype.Map:
		top.value.SetMapIndex(top.mapKey, reflect.Value{})
	case gotype.Any:
		top.put(nil) // a number that no float64 holds
	default:
		f.slot() // zero, and in a list at its index
	}
	f.changed = true
}

// path returns a JSON pointer to the value that is being read.
func (f *filler) path() string {
	var b strings.Builder
	for i := range f.frames {
		b.WriteByte('/')
		b.WriteString(escapePointer(f.frames[i].step()))
	}
	return b.String()
}

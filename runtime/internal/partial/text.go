package partial

import (
	"reflect"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
	"github.com/l0gen/l0gen/runtime/internal/jsonpush"
)

func (f *filler) beginString(ev jsonpush.Event) {
	f.advance()
	f.str, f.text, f.slotted = stringSkipped, f.text[:0], false
	typ := f.nextType()
	if typ == nil {
		return
	}
	kind := typ.Base().Kind
	switch {
	case kind == gotype.JSON && !f.quoted():
		f.capture(ev.Start)
		return
	case f.grow && len(f.frames) > 0 && !f.quoted() && (kind == gotype.String || kind == gotype.Any):
		f.str = stringGrows
		f.grown.Reset()
	default:
		f.str = stringKept
	}
	f.node = f.open()
}

// addText adds a piece of a string.
func (f *filler) addText(text []byte) {
	switch f.str {
	case stringKept:
		f.text = append(f.text, text...)
	case stringGrows:
		f.grown.Write(text)
		f.changed, f.unsettled = true, true
	case stringSkipped:
	}
}

func (f *filler) endString(ev jsonpush.Event) {
	if f.capturing {
		f.endCapture(ev)
		return
	}
	text := ev.Text
	switch f.str {
	case stringSkipped:
		return
	case stringGrows:
		if f.slotted || f.grown.Len() > 0 {
			f.grown.Write(text)
			f.showString()
			f.str = stringSkipped
			f.states.set(f.node, Closed)
			return
		}
	case stringKept:
		if len(f.text) > 0 {
			f.text = append(f.text, text...)
			text = f.text
		}
	}
	f.str = stringSkipped
	l := literal{kind: jsonpush.StringEnd, text: text}
	if len(f.frames) == 0 {
		l.text = append([]byte(nil), text...)
		f.scalar = l
		return
	}
	f.closeLeaf(l)
}

// showString puts the text so far of a string that grows into the value. It copies nothing.
func (f *filler) showString() {
	f.changed = true
	top := &f.frames[len(f.frames)-1]
	if top.kind == gotype.Any {
		top.put(f.grown.String())
		return
	}
	if !f.slotted {
		typ := f.nextType()
		f.place = deref(f.slot(), typ)
		f.slotted = f.place.IsValid()
	}
	if !f.slotted {
		return
	}
	if f.place.Kind() == reflect.String {
		f.place.SetString(f.grown.String())
	} else {
		f.place.Set(reflect.ValueOf(f.grown.String()))
	}
	top.store()
}

package partial

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
)

// frame is an object or a list that is open.
type frame struct {
	kind  gotype.Kind // Struct, Map, Slice or Array; Any for what is in an interface
	typ   *gotype.Type
	value reflect.Value // the struct, map, slice or array; of Any the interface, if it has a place
	node  int32

	// Of the value in it that is being read.
	field  int    // of a struct: the index of the property, -1 if it has none
	name   string // of an object: the name, empty if it is skipped
	index  int    // of a list
	mapKey reflect.Value
	elem   reflect.Value // of a map: the element, which is copied into it

	// Of Any.
	isList bool
	object map[string]any
	list   []any
}

// step returns the last part of the path to the value that is being read.
func (fr *frame) step() string {
	if fr.index >= 0 {
		return strconv.Itoa(fr.index)
	}
	return fr.name
}

// key takes the name of the next property.
func (fr *frame) key(name []byte) {
	switch fr.kind {
	case gotype.Struct:
		fr.field = fr.typ.Field(name, fr.field+1)
		if fr.field >= 0 {
			fr.name = fr.typ.Fields[fr.field].Name
		}
	case gotype.Map:
		fr.name = string(name)
		fr.mapKey = newKey(fr.typ, fr.name)
	default:
		fr.name = string(name)
	}
}

// put sets the value that is being read, in an interface's object or list.
func (fr *frame) put(v any) {
	switch {
	case !fr.isList:
		fr.object[fr.name] = v
	case fr.index < len(fr.list):
		fr.list[fr.index] = v
	default:
		fr.list = append(fr.list, v)
	}
}

// store copies the element that is being read into the map. Elsewhere it is in its place.
func (fr *frame) store() {
	if fr.kind == gotype.Map {
		fr.value.SetMapIndex(fr.mapKey, fr.elem)
	}
}

// advance moves on to the next value of the list that is open, if one is.
func (f *filler) advance() {
	if len(f.frames) == 0 {
		return
	}
	if top := &f.frames[len(f.frames)-1]; top.index >= -1 {
		top.index++
	}
}

// notList is the index of an object.
const notList = -2

// nextType returns the type of the value that is being read, nil if nobody wants it.
func (f *filler) nextType() *gotype.Type {
	if len(f.frames) == 0 {
		return f.typ
	}
	top := &f.frames[len(f.frames)-1]
	switch top.kind {
	case gotype.Struct:
		if top.field < 0 {
			return nil
		}
		return top.typ.Fields[top.field].Type
	case gotype.Map:
		if !top.mapKey.IsValid() {
			return nil
		}
	case gotype.Array:
		if top.index >= top.value.Len() {
			return nil
		}
	case gotype.Any:
		return top.typ
	default:
	}
	return top.typ.Elem
}

// quoted reports whether the value that is being read must be inside a string.
func (f *filler) quoted() bool {
	if len(f.frames) == 0 {
		return false
	}
	top := &f.frames[len(f.frames)-1]
	return top.kind == gotype.Struct && top.typ.Fields[top.field].Quoted
}

// slot returns the place of the value that is being read, made zero; not valid if it has none.
// What is in an object or list of an interface has none, see put.
func (f *filler) slot() reflect.Value {
	v := f.root
	if len(f.frames) > 0 {
		top := &f.frames[len(f.frames)-1]
		switch top.kind {
		case gotype.Struct:
			v = field(top.value, top.typ.Fields[top.field].Index)
		case gotype.Map:
			if !top.elem.IsValid() {
				top.elem = reflect.New(top.typ.Elem.Go).Elem()
			}
			v = top.elem
		case gotype.Slice:
			if top.index >= top.value.Len() {
				top.value.Grow(top.index + 1 - top.value.Len())
				top.value.SetLen(top.index + 1)
			}
			v = top.value.Index(top.index)
		case gotype.Array:
			v = top.value.Index(top.index)
		default:
		}
	}
	if !v.CanSet() {
		return reflect.Value{}
	}
	v.SetZero()
	return v
}

// field returns the field at index, making embedded structs that are behind nil pointers. It
// is not valid if there is one that cannot be made.
func field(v reflect.Value, index []int) reflect.Value {
	for depth, i := range index {
		if depth > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// deref returns what the pointer v of type typ points to, making it, or v if it is none.
func deref(v reflect.Value, typ *gotype.Type) reflect.Value {
	for typ.Kind == gotype.Pointer && v.IsValid() {
		p := reflect.New(typ.Elem.Go)
		v.Set(p)
		v, typ = p.Elem(), typ.Elem
	}
	return v
}

// push opens an object or a list that has a type.
func (f *filler) push(typ *gotype.Type) {
	v := deref(f.slot(), typ)
	if !v.IsValid() {
		f.skip = 1
		f.misfit()
		return
	}
	fr := frame{kind: typ.Base().Kind, typ: typ.Base(), value: v, field: -1, index: notList, node: f.open()}
	switch fr.kind {
	case gotype.Map:
		v.Set(reflect.MakeMap(fr.typ.Go))
	case gotype.Slice:
		v.Grow(1) // no longer nil
		fr.index = -1
	case gotype.Array:
		fr.index = -1
	default:
	}
	f.frames = append(f.frames, fr)
	f.changed, f.unsettled = true, true
}

// pushAny opens an object or a list that goes into an interface.
func (f *filler) pushAny(typ *gotype.Type, object bool) {
	fr := frame{kind: gotype.Any, typ: typ.Base(), field: -1, index: notList}
	inAny := len(f.frames) > 0 && f.frames[len(f.frames)-1].kind == gotype.Any
	if !inAny {
		if fr.value = deref(f.slot(), typ); !fr.value.IsValid() {
			f.skip = 1
			f.misfit()
			return
		}
	}
	fr.node = f.open()
	if object {
		fr.object = map[string]any{}
	} else {
		fr.isList, fr.list, fr.index = true, []any{}, -1
	}
	f.frames = append(f.frames, fr)
	f.changed, f.unsettled = true, true
	if object {
		f.settleFrame(len(f.frames) - 1)
	}
}

// pop closes the object or list on top.
func (f *filler) pop() {
	last := len(f.frames) - 1
	f.settleFrame(last)
	f.states.set(f.frames[last].node, Closed)
	f.frames = f.frames[:last]
	f.changed, f.unsettled = true, true
}

// settle makes the root hold all there is so far. While values are open, some of it is in
// copies: elements of maps, lists in interfaces, and the string that grows.
func (f *filler) settle() {
	if !f.unsettled {
		return
	}
	f.unsettled = false
	defer f.guard()
	if f.str == stringGrows && f.grown.Len() > 0 {
		f.showString()
	}
	for i := range slices.Backward(f.frames) {
		f.settleFrame(i)
	}
}

// settleFrame puts the i-th open object or list into the one around it.
func (f *filler) settleFrame(i int) {
	fr := &f.frames[i]
	if fr.kind == gotype.Any {
		var v any = fr.object
		if fr.isList {
			v = fr.list
		}
		switch {
		case fr.value.IsValid():
			if fr.isList || fr.value.IsNil() {
				fr.value.Set(reflect.ValueOf(v))
			}
		case fr.isList || len(fr.object) == 0:
			f.frames[i-1].put(v)
		}
	}
	if i > 0 {
		f.frames[i-1].store()
	}
}

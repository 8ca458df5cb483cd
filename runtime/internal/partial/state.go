package partial

import (
	"strconv"
	"strings"
)

// State says how much there is of a part of the value.
type State uint8

// The states.
const (
	// Absent is what has not begun, is not part of the type, or does not fit its type.
	Absent State = iota
	// Open is what has begun and is not closed.
	Open
	// Closed is what will not change.
	Closed
)

// String returns the name of the state.
func (s State) String() string {
	switch s {
	case Open:
		return "open"
	case Closed:
		return "closed"
	default:
		return "absent"
	}
}

// State returns the state of the part of the value at a JSON pointer, such as /items/0/name;
// "" is the value itself. What is inside a value that decodes itself is not known: it is Absent.
// A value that is text is Open.
func (b *Builder[T]) State(path string) State {
	if b.text != nil {
		if path == "" && b.text.Len() > 0 {
			return Open
		}
		return Absent
	}
	return b.filler.state(path)
}

func (f *filler) state(path string) State {
	if path == "" {
		return f.rootState()
	}
	if path[0] != '/' || len(f.states.nodes) == 0 {
		return Absent
	}
	f.states.index()
	parent, at := int32(0), path[1:]
	for {
		step, rest, more := strings.Cut(at, "/")
		step = unescapePointer(step)
		n, ok := f.states.child(parent, step)
		if !more && (!ok || f.states.nodes[n].state == Closed) && f.underWay(parent, step) {
			return Open
		}
		if !ok {
			return Absent
		}
		if !more {
			return f.states.nodes[n].state
		}
		parent, at = n, rest
	}
}

func (f *filler) rootState() State {
	switch {
	case len(f.states.nodes) > 0:
		return f.states.nodes[0].state
	case f.scalar.kind != 0 || f.parser.InScalar():
		return Open
	}
	return Absent
}

// underWay reports whether step, in the object or list with node parent, is a number or a
// literal that is being read. Those have no event when they begin.
func (f *filler) underWay(parent int32, step string) bool {
	if len(f.frames) == 0 || f.skip > 0 || f.str != stringSkipped || f.capturing || !f.parser.InScalar() {
		return false
	}
	top := &f.frames[len(f.frames)-1]
	if top.node != parent || f.parser.InString() {
		return false
	}
	if top.index >= -1 {
		return step == strconv.Itoa(top.index+1)
	}
	return f.nextType() != nil && step == top.name
}

// open adds a node for the value that is being read and returns it.
func (f *filler) open() int32 {
	n := node{parent: -1, index: notList, state: Open}
	if len(f.frames) > 0 {
		top := &f.frames[len(f.frames)-1]
		n.parent, n.index, n.name = top.node, int32(top.index), top.name
	}
	f.states.nodes = append(f.states.nodes, n)
	return int32(len(f.states.nodes) - 1)
}

// node is a value that was begun. Its parent, which is an index of nodes, is before it.
type node struct {
	parent int32
	index  int32 // in a list, else notList
	state  State
	name   string
}

// states has a node for each value that was begun. To add one is cheap; they are made
// findable when somebody first asks.
type states struct {
	nodes    []node
	children map[child]int32
	indexed  int // nodes that are in children
}

// child is the key of a node: a list's elements have an index, an object's a name.
type child struct {
	parent, index int32
	name          string
}

func (s *states) set(n int32, state State) { s.nodes[n].state = state }

func (s *states) reset() {
	clear(s.nodes)
	clear(s.children)
	s.nodes, s.indexed = s.nodes[:0], 0
}

// index makes all nodes findable. Of two with one name, the later is found.
func (s *states) index() {
	if s.children == nil {
		s.children = map[child]int32{}
	}
	for ; s.indexed < len(s.nodes); s.indexed++ {
		n := s.nodes[s.indexed]
		s.children[child{n.parent, n.index, n.name}] = int32(s.indexed)
	}
}

// child returns the node of what is at step in the object or list parent.
func (s *states) child(parent int32, step string) (int32, bool) {
	if n, ok := s.children[child{parent, notList, step}]; ok {
		return n, true
	}
	i, err := strconv.ParseInt(step, 10, 32)
	if err != nil || i < 0 || strconv.FormatInt(i, 10) != step {
		return 0, false
	}
	n, ok := s.children[child{parent, int32(i), ""}]
	return n, ok
}

func escapePointer(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

func unescapePointer(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
}

package syntax

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// The limits on a spec. They are far above what people write and keep hostile
// input cheap.
const (
	MaxBytes = 4 << 20
	maxNodes = 100_000
	maxDepth = 200
)

// load parses the YAML of a file. It returns nil when it reported an error
// that leaves nothing to look at.
func load(rep *diag.Report, f *source.File) *node {
	if !checkEncoding(rep, f) {
		return nil
	}
	doc, ok := parseYAML(rep, f)
	if !ok {
		return nil
	}
	e := &expander{rep: rep, file: f, open: map[*yaml.Node]bool{}}
	n := e.expand(doc.Content[0], 1)
	if e.failed {
		return nil
	}
	return n
}

// checkEncoding refuses what YAML or editors would count differently than the
// rest of the compiler does: positions must be true.
func checkEncoding(rep *diag.Report, f *source.File) bool {
	fail := func(at, size int, format string, args ...any) *diag.Diagnostic {
		return rep.Error(diag.FileEncoding, source.Span{File: f, Start: at, End: at + size}, format, args...)
	}
	b := f.Bytes
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		fail(0, 3, "the file starts with a byte order mark").Hint("save it as UTF-8 without BOM")
		return false
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		fail(0, 2, "the file is UTF-16").Hint("save it as UTF-8")
		return false
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fail(i, 1, "byte 0x%02x is not UTF-8", b[i]).Hint("save the file as UTF-8")
			return false
		case r == 0:
			fail(i, 1, "the file holds a NUL byte").Hint("a spec is plain text")
			return false
		case r == '\u0085' || r == '\u2028' || r == '\u2029':
			fail(i, size, "the file holds the line separator U+%04X", r).
				Hint(`write it as "\u%04x" in a double-quoted text`, r)
			return false
		case isControl(r):
			fail(i, size, "the file holds the control character U+%04X", r).
				Hint(`write it as "\u%04x" in a double-quoted text`, r)
			return false
		}
		i += size
	}
	return true
}

// isControl reports whether YAML forbids the character in a file.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r <= 0x9f ||
		r == '\ufeff' || r == '\ufffe' || r == '\uffff'
}

// parseYAML reads the one document of a file. The library may panic on input
// that it does not expect, which must not end the run.
func parseYAML(rep *diag.Report, f *source.File) (doc *yaml.Node, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			rep.Error(diag.YAMLSyntax, source.Span{File: f}, "the YAML cannot be read: %v", p)
			doc, ok = nil, false
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(f.Bytes))
	doc = &yaml.Node{}
	if err := dec.Decode(doc); err != nil {
		if errors.Is(err, io.EOF) {
			reportEmpty(rep, f)
		} else {
			reportYAML(rep, f, err)
		}
		return nil, false
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		at := f.Offset(second.Line, second.Column)
		rep.Error(diag.YAMLSyntax, source.Span{File: f, Start: at, End: at + 1}, "the file holds more than one YAML document").
			Hint("put each spec into a file of its own")
		return nil, false
	} else if !errors.Is(err, io.EOF) {
		reportYAML(rep, f, err)
		return nil, false
	}
	if len(doc.Content) == 0 || doc.Content[0].ShortTag() == "!!null" {
		reportEmpty(rep, f)
		return nil, false
	}
	return doc, true
}

func reportEmpty(rep *diag.Report, f *source.File) {
	rep.Error(diag.MissingKey, source.Span{File: f}, "the spec is empty").
		Hint("start it with \"l0gen: 1\"; \"l0gen init\" writes a whole example")
}

var yamlErrorLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?((?s:.*))$`)

// reportYAML reports a syntax error at the line that the library names.
func reportYAML(rep *diag.Report, f *source.File, err error) {
	message, line := err.Error(), 1
	if m := yamlErrorLine.FindStringSubmatch(message); m != nil {
		message = m[2]
		if n, convErr := strconv.Atoi(m[1]); convErr == nil {
			line = min(n, f.Lines())
		}
	}
	text := f.Line(line)
	start := f.Offset(line, 1) + len(text) - len(strings.TrimLeft(text, " \t"))
	end := max(f.Offset(line, 1)+len(strings.TrimRight(text, " \t")), start)
	d := rep.Error(diag.YAMLSyntax, source.Span{File: f, Start: start, End: end}, "%s", message)
	if near := nearLine(f, line, tabIndent); near > 0 {
		d.Hint("YAML does not indent with tabs: put spaces at the start of line %d", near)
	}
	if near := nearLine(f, line, startsWithBraces); near > 0 {
		d.Hint("quote the template that line %d starts with {{, or write it as a block: \"key: |\"", near)
	}
	if near := nearLine(f, line, flowType); near > 0 {
		d.Hint("inside { } and [ ], as in line %d, a type with \"[]\" or \"?\" must be quoted; or write the mapping in lines of its own", near)
	}
}

// What YAML stumbles over most often in specs.
const (
	startsWithBraces = `(?:^|[:\-]\s+)\{\{`
	tabIndent        = `^ *\t`
	flowType         = `[{\[,]\s*\w+:\s*[\w.<>-]+(?:\[\]|\?)+\s*[,}\]]`
)

// nearLine looks for a line that matches at, or just beside, the one that YAML
// could not read: the library names the line before for some errors.
func nearLine(f *source.File, line int, expr string) int {
	re := regexp.MustCompile(expr)
	for _, l := range []int{line, line + 1, line - 1} {
		if l >= 1 && l <= f.Lines() && re.MatchString(f.Line(l)) {
			return l
		}
	}
	return 0
}

// expander turns YAML nodes into a tree without aliases and merge keys.
type expander struct {
	rep    *diag.Report
	file   *source.File
	open   map[*yaml.Node]bool // anchors that are being expanded
	count  int
	failed bool
}

func (e *expander) fail(code diag.Code, n *yaml.Node, format string, args ...any) *node {
	e.failed = true
	at := e.start(n)
	e.rep.Error(code, source.Span{File: e.file, Start: at, End: at + 1}, format, args...)
	return &node{kind: scalarNode, tag: "!!null", span: source.Span{File: e.file, Start: at, End: at}}
}

func (e *expander) start(n *yaml.Node) int { return e.file.Offset(n.Line, n.Column) }

func (e *expander) expand(n *yaml.Node, depth int) *node {
	e.count++
	switch {
	case e.failed: // one limit is enough said
		return &node{kind: scalarNode, tag: "!!null", span: source.Span{File: e.file}}
	case depth > maxDepth:
		return e.fail(diag.YAMLLimit, n, "the spec is nested deeper than %d levels", maxDepth)
	case e.count > maxNodes:
		return e.fail(diag.YAMLLimit, n, "the spec holds more than %d nodes once its anchors are expanded", maxNodes)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return e.alias(n, depth)
	case yaml.SequenceNode:
		return e.sequence(n, depth)
	case yaml.MappingNode:
		return e.mapping(n, depth)
	case yaml.ScalarNode:
		return e.scalar(n)
	default:
		return e.fail(diag.YAMLSyntax, n, "unexpected YAML node")
	}
}

func (e *expander) alias(n *yaml.Node, depth int) *node {
	if e.open[n.Alias] {
		return e.fail(diag.YAMLLimit, n, "the anchor %q contains itself", n.Value)
	}
	return e.expand(n.Alias, depth+1)
}

func (e *expander) scalar(n *yaml.Node) *node {
	span, offsets := scalarOffsets(e.file, e.start(n), n.Style, n.Value)
	return &node{kind: scalarNode, span: span, tag: n.ShortTag(), style: n.Style, value: n.Value, offsets: offsets}
}

func (e *expander) sequence(n *yaml.Node, depth int) *node {
	e.open[n] = true
	defer delete(e.open, n)
	out := &node{kind: listNode, tag: n.ShortTag(), style: n.Style}
	for _, item := range n.Content {
		out.items = append(out.items, e.expand(item, depth+1))
	}
	out.span = e.around(n, out.items)
	return out
}

func (e *expander) mapping(n *yaml.Node, depth int) *node {
	e.open[n] = true
	defer delete(e.open, n)
	out := &node{kind: mappingNode, tag: n.ShortTag(), style: n.Style}
	start := e.start(n)
	if bytes.HasPrefix(e.file.Bytes[start:], []byte("{{")) {
		out.braces, out.span = true, source.Span{File: e.file, Start: start, End: start + 2}
		return out
	}
	seen := map[string]*node{}
	var merges []*yaml.Node
	var children []*node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.ShortTag() == "!!merge" {
			merges = append(merges, value)
			continue
		}
		if key.Kind != yaml.ScalarNode {
			return e.fail(diag.WrongKind, key, "a key must be plain text")
		}
		k := e.scalar(key)
		v := e.expand(value, depth+1)
		children = append(children, k, v)
		if first := seen[k.value]; first != nil {
			e.rep.Error(diag.DuplicateKey, k.span, "the key %q stands twice", k.value).Also(first.span, "first here")
			continue
		}
		seen[k.value] = k
		out.entries = append(out.entries, entry{key: k, value: v})
	}
	out.span = e.around(n, children)
	for _, m := range merges {
		e.merge(out, seen, m, depth)
	}
	return out
}

// merge adds the entries of a "<<" value that the mapping does not have.
func (e *expander) merge(into *node, seen map[string]*node, value *yaml.Node, depth int) {
	m := e.expand(value, depth+1)
	sources := []*node{m}
	if m.kind == listNode {
		sources = m.items
	}
	for _, s := range sources {
		if e.failed {
			return
		}
		if s.kind != mappingNode {
			e.fail(diag.WrongKind, value, "<< takes a mapping or a list of mappings")
			return
		}
		for _, en := range s.entries {
			if seen[en.key.value] == nil {
				seen[en.key.value] = en.key
				into.entries = append(into.entries, en)
			}
		}
	}
}

// around returns the span from a container's start to the end of its last
// child in the same file order.
func (e *expander) around(n *yaml.Node, children []*node) source.Span {
	span := source.Span{File: e.file, Start: e.start(n)}
	span.End = min(span.Start+1, len(e.file.Bytes))
	for _, c := range children {
		span.End = max(span.End, c.span.End)
	}
	return span
}

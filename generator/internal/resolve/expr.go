package resolve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// builtins are the words of type expressions.
func builtins() map[string]ir.Kind {
	return map[string]ir.Kind{
		"string": ir.String, "int": ir.Int, "number": ir.Number, "bool": ir.Bool, "decimal": ir.Decimal,
		"date-time": ir.DateTime, "date": ir.Date, "duration": ir.Duration, "uuid": ir.UUID, "uri": ir.URI,
		"bytes": ir.Bytes, "image": ir.Image, "audio": ir.Audio, "file": ir.MediaFile, "any": ir.Any,
		"l0.Message": ir.ChatMessage,
	}
}

// maxExprDepth bounds the nesting of an expression.
const maxExprDepth = 50

// typeExpr reads a type expression:
//
//	union   = postfix { "|" postfix }
//	postfix = primary { "[]" | "?" }
//	primary = word | "map" "<" union ">" | "(" union ")"
func (r *resolver) typeExpr(text source.Text) *ir.Type {
	p := &exprParser{r: r, text: text, rest: text.Value}
	t := p.union(0)
	p.space()
	if !p.failed && p.rest != "" {
		p.fail(p.offset(), len(text.Value), "unexpected %q in a type", p.rest)
	}
	if p.failed {
		return &ir.Type{Kind: ir.Invalid, Span: text.Span}
	}
	return t
}

type exprParser struct {
	r      *resolver
	text   source.Text
	rest   string
	failed bool
}

func (p *exprParser) offset() int { return len(p.text.Value) - len(p.rest) }

func (p *exprParser) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

func (p *exprParser) accept(token string) bool {
	p.space()
	if !strings.HasPrefix(p.rest, token) {
		return false
	}
	p.rest = p.rest[len(token):]
	return true
}

// fail reports the first problem of the expression; later ones would only
// follow from it.
func (p *exprParser) fail(start, end int, format string, args ...any) *diag.Diagnostic {
	if p.failed {
		return &diag.Diagnostic{}
	}
	p.failed = true
	return p.r.rep.Error(diag.TypeSyntax, p.text.At(start, end), format, args...)
}

func (p *exprParser) union(depth int) *ir.Type {
	start := p.offset()
	t := p.postfix(depth)
	if p.accept("|") && !p.failed {
		for p.postfix(depth); p.accept("|"); {
			p.postfix(depth)
		}
		if !p.failed {
			p.failed = true
			p.r.rep.Error(diag.NotSupported, p.text.At(start, p.offset()), "unions are not supported yet")
		}
	}
	return t
}

func (p *exprParser) postfix(depth int) *ir.Type {
	p.space()
	start := p.offset()
	t := p.primary(depth)
	for marks := 0; !p.failed; marks++ {
		at := p.offset()
		switch {
		case depth+marks > maxExprDepth:
			p.tooDeep(start)
		case p.accept("[]"):
			element(t)
			t = &ir.Type{Kind: ir.List, Elem: t, Span: p.text.At(start, p.offset())}
		case p.accept("?"):
			if t.Null != ir.NotNull {
				p.fail(at, p.offset(), "a type is marked \"?\" once")
			}
			t.Null = ir.NullAbsent
			t.Span = p.text.At(start, p.offset())
		default:
			return t
		}
	}
	return t
}

func (p *exprParser) tooDeep(start int) {
	p.fail(start, len(p.text.Value), "the type is nested more than %d deep", maxExprDepth).
		Hint("name its inner part under types")
}

// element notes that a type stands inside a list or map, where nothing can be
// absent: an optional element is a null.
func element(t *ir.Type) {
	if t.Null == ir.NullAbsent {
		t.Null = ir.NullValue
	}
}

func (p *exprParser) primary(depth int) *ir.Type {
	p.space()
	start := p.offset()
	if depth > maxExprDepth {
		p.tooDeep(start)
		return &ir.Type{}
	}
	if p.accept("(") {
		t := p.union(depth + 1)
		if !p.accept(")") {
			p.fail(p.offset(), p.offset()+1, "a \")\" is missing in a type")
		}
		return t
	}
	word := p.word()
	if word == "map" && p.accept("<") {
		return p.mapType(start, depth)
	}
	return p.named(word, start)
}

func (p *exprParser) mapType(start, depth int) *ir.Type {
	elem := p.union(depth + 1)
	if !p.accept(">") {
		p.fail(p.offset(), p.offset()+1, "a \">\" is missing in a type").Hint("a map's keys are strings: write map<T> with the type of its values")
	}
	element(elem)
	return &ir.Type{Kind: ir.Map, Elem: elem, Span: p.text.At(start, p.offset())}
}

// word takes the longest name; a "-" or "." inside belongs to it, as in
// date-time and l0.Message.
func (p *exprParser) word() string {
	end := 0
	for i, c := range p.rest {
		inner := (c == '-' || c == '.') && i > 0
		if c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !inner {
			break
		}
		end = i + utf8.RuneLen(c)
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	return word
}

func (p *exprParser) named(word string, start int) *ir.Type {
	span := p.text.At(start, p.offset())
	if word == "" {
		p.expected(start)
		return &ir.Type{}
	}
	if k, ok := p.r.builtins[word]; ok {
		return &ir.Type{Kind: k, Span: span}
	}
	if it, ok := p.r.types.items[word]; ok {
		return &ir.Type{Kind: ir.Ref, Named: it.value, Span: span}
	}
	p.failed = true
	p.r.unknownType(syntax.String{Value: word, Span: span})
	return &ir.Type{}
}

func (p *exprParser) expected(start int) {
	if p.rest == "" {
		p.fail(start, start+1, "a type is missing here")
		return
	}
	c, size := utf8.DecodeRuneInString(p.rest)
	d := p.fail(start, start+size, "unexpected %q in a type", string(c))
	if c == '[' {
		d.Hint("a list is written T[]")
	}
}

// unknownType reports a type that is not declared.
func (r *resolver) unknownType(name syntax.String) {
	d := r.rep.Error(diag.TypeUnknown, name.Span, "unknown type %q", name.Value)
	if other, ok := foreignWords()[name.Value]; ok {
		d.Hint("write %s", other)
		return
	}
	known := func() []string { return append(r.types.names(), builtinNames()...) }
	if !d.Suggest(name.Value, known) {
		d.Hint("declare it under types; built in are %s", strings.Join(builtinNames(), ", "))
	}
}

func builtinNames() []string {
	var out []string
	for name := range builtins() {
		if name != "l0.Message" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// foreignWords are what people write who think of Go, TypeScript or JSON
// Schema.
func foreignWords() map[string]string {
	return map[string]string{
		"integer": "int", "boolean": "bool", "float": "number", "float64": "number", "double": "number",
		"int64": "int", "int32": "int", "str": "string", "text": "string", "datetime": "date-time",
		"timestamp": "date-time", "object": "a mapping with fields:", "array": "T[]", "list": "T[]",
		"map": "map<T>", "dict": "map<T>", "null": "T? for a value that may be absent", "url": "uri",
		"Message": "l0.Message for a chat message",
	}
}

package tmpl

import (
	"errors"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// tree is a parsed text.
type tree struct {
	text source.Text
	root *parse.ListNode
	// base is where the text begins in what was parsed.
	base int
	// assigned holds the variables, by name, that get a second value.
	assigned map[string]bool
}

const (
	// maxDepth bounds how deeply blocks are nested. Nobody reads more, and the
	// stack is not for templates to fill.
	maxDepth = 200
	// maxUndefined bounds how often a text is parsed again.
	maxUndefined = 20
)

// parseText parses a text. A syntax error is reported, and nil returned.
func parseText(rep *diag.Report, text source.Text) *tree {
	actions := scanActions(text.Value)
	if _, depth := openBlocks(actions); depth > maxDepth {
		rep.Error(diag.TemplateTooLarge, text.Span, "template nests blocks more than %d deep", maxDepth)
		return nil
	}
	if refuseDefinitions(rep, text, actions) {
		return nil
	}
	t := &tree{text: text, assigned: map[string]bool{}}
	// The parser stops at the first variable that it does not know. To find
	// them all, it is told of them in front of the text, and the scopes of
	// this package find them missing.
	prefix := ""
	for range maxUndefined {
		root, err := parseRaw(prefix + text.Value)
		if err == nil {
			t.root, t.base = root, len(prefix)
			t.findAssigned()
			return t
		}
		name := undefinedVariable(err)
		if name == "" {
			reportSyntax(rep, text, prefix, err)
			return nil
		}
		prefix += "{{" + name + ":=0}}"
	}
	rep.Error(diag.VariableUnknown, text.Span, "template uses more than %d variables that it does not declare", maxUndefined)
	return nil
}

// refuseDefinitions reports the actions that define templates.
func refuseDefinitions(rep *diag.Report, text source.Text, actions []action) bool {
	refused := false
	for _, a := range actions {
		if a.word == "define" || a.word == "block" {
			rep.Error(diag.TemplateSyntax, text.At(a.wordStart, a.wordStart+len(a.word)),
				"templates cannot define templates").
				Hint("declare the fragment under 'partials' and use {{template \"name\" .}}")
			refused = true
		}
	}
	return refused
}

// errPanic stands for a panic of the parser.
var errPanic = errors.New("template: t:1: cannot be parsed")

// parseRaw parses a text as it is. No panic of the parser escapes.
func parseRaw(text string) (root *parse.ListNode, err error) {
	defer func() {
		if recover() != nil {
			root, err = nil, errPanic
		}
	}()
	t := parse.New("t")
	t.Mode = parse.SkipFuncCheck
	if _, err := t.Parse(text, "", "", map[string]*parse.Tree{}); err != nil {
		return nil, err
	}
	return t.Root, nil
}

// undefinedVariable returns the variable that the parser missed, if that is
// what it complains of.
func undefinedVariable(err error) string {
	_, quoted, found := strings.Cut(err.Error(), ": undefined variable ")
	if !found {
		return ""
	}
	name, unquoteErr := strconv.Unquote(quoted)
	if unquoteErr != nil {
		return ""
	}
	return name
}

// reportSyntax reports a syntax error at the place that the parser had reached.
func reportSyntax(rep *diag.Report, text source.Text, prefix string, err error) {
	message := strings.TrimPrefix(err.Error(), "template: t:")
	if _, rest, found := strings.Cut(message, ": "); found {
		message = rest
	}
	actions := scanActions(text.Value)
	open, _ := openBlocks(actions)
	switch {
	case strings.Contains(message, "unexpected EOF") && len(open) > 0:
		last := open[len(open)-1]
		rep.Error(diag.TemplateSyntax, text.At(last.start, last.end), "{{%s}} has no {{end}}", last.word)
		return
	case strings.HasPrefix(message, "un") && len(actions) > 0 && actions[len(actions)-1].end < 0:
		last := actions[len(actions)-1]
		message, _, _ = strings.Cut(message, " started at ")
		rep.Error(diag.TemplateSyntax, text.At(last.start, last.start+2), "%s", message).
			Hint("an action ends with }}, a string where its line ends or before; to write {{ itself, use {{\"{{\"}}")
		return
	}
	start, end := errorToken(text.Value, prefix, message, err)
	if message == strconv.ErrSyntax.Error() {
		message = "a string has an escape that is not one of Go's"
		start = stringStart(text.Value, actions, end)
	}
	rep.Error(diag.TemplateSyntax, text.At(start, end), "%s", message)
}

// errorToken finds the token that the parser complains of. The shortest
// beginning of the text that gives the same error ends with it, but for a
// character that the lexer had to look ahead.
func errorToken(text, prefix, message string, err error) (start, end int) {
	end = sort.Search(len(text), func(n int) bool {
		_, short := parseRaw(prefix + text[:n])
		return short != nil && short.Error() == err.Error()
	})
	read := text[:end]
	if token := quotedToken(message); token != "" {
		if i := strings.LastIndex(read, token); i >= 0 {
			return i, i + len(token)
		}
	}
	trimmed := strings.TrimRight(read, " \t\r\n")
	trimmed = strings.TrimSuffix(trimmed, "}}")
	if trimmed != read && len(trimmed) < end {
		return len(trimmed), end
	}
	return max(0, end-1), end
}

// stringStart returns where the string that ends at an offset begins.
func stringStart(text string, actions []action, end int) int {
	start := end - 1
	for _, a := range actions {
		for at := a.start; a.start < end && at < end; {
			if c := text[at]; c != '"' && c != '\'' {
				at++
				continue
			}
			start = at
			at = skipQuoted(text, at)
		}
	}
	return max(0, start)
}

// tokenInMessage finds what the parser quotes: a string, <keyword> or action.
var tokenInMessage = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|<(\w+)>|\{\{(\w+)\}\}`)

// quotedToken returns the token that a message of the parser quotes. Long
// tokens are cut there; their beginning is enough.
func quotedToken(message string) string {
	match := tokenInMessage.FindStringSubmatch(message)
	switch {
	case match == nil:
		return ""
	case match[1] != "":
		return match[1]
	case match[2] != "":
		return match[2]
	}
	token, err := strconv.Unquote(match[0])
	if err != nil {
		return ""
	}
	return token
}

// findAssigned notes the variables that are assigned to.
func (t *tree) findAssigned() {
	walk(t.root, func(p *parse.PipeNode) {
		if p.IsAssign {
			for _, v := range p.Decl {
				t.assigned[variableName(v)] = true
			}
		}
	})
}

// variableName returns the name of a variable without its dollar sign.
func variableName(v *parse.VariableNode) string {
	return strings.TrimPrefix(v.Ident[0], "$")
}

package resolve

import (
	"slices"
	"strings"
	"unicode"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
	"github.com/l0gen/l0gen/generator/internal/tmpl"
)

// prompt resolves one prompt.
func (r *resolver) prompt(pkg *ir.Package, file *syntax.Spec, e *syntax.Entry[syntax.Prompt]) {
	s := &e.Value
	p := &ir.Prompt{
		Name:    e.Key.Value,
		Span:    e.Key.Span,
		GoName:  s.GoName.Value,
		Doc:     clean(s.Doc.Value),
		Version: 1,
		Kind:    s.Kind.Value,
	}
	if r.identifier(e.Key, "prompt") && r.prompts.add(r.rep, e.Key, p) {
		pkg.Prompts = append(pkg.Prompts, p)
	}
	if s.Version.IsSet() {
		p.Version = s.Version.Value
		if p.Version < 1 {
			r.rep.Error(diag.WrongValue, s.Version.Span, "a version is a whole number from 1 on")
		}
	}
	p.Models = r.promptModels(s, e.Key)
	p.Inputs = r.inputs(s.Input)
	if s.Output.IsSet() {
		p.Output = r.output(s.Output)
	}
	p.Policy = r.policy(file, s)
	p.Messages = r.messages(p, s, e.Key)
}

// promptModels looks up the model and its fallbacks. With consensus the models
// may stand there instead.
func (r *resolver) promptModels(s *syntax.Prompt, key syntax.String) []*ir.Model {
	names := append([]syntax.String{s.Model}, s.Fallbacks.Items...)
	if !s.Model.IsSet() {
		if s.Consensus == nil || !s.Consensus.Models.IsSet() {
			r.rep.Error(diag.MissingKey, key.Span, "\"model\" is missing in the prompt %q", key.Value).
				Hint("declared models: %s", orNone(r.models.names()))
		}
		names = names[1:]
	}
	var out []*ir.Model
	for i, name := range names {
		if m, ok := r.models.get(r.rep, diag.ModelUnknown, name); ok && !r.repeated(names[:i], name) {
			out = append(out, m)
		}
	}
	return out
}

// repeated reports a fallback that the prompt calls already: it would fail as
// the model did before it.
func (r *resolver) repeated(earlier []syntax.String, name syntax.String) bool {
	i := slices.IndexFunc(earlier, func(e syntax.String) bool { return e.Value == name.Value })
	if i < 0 {
		return false
	}
	r.rep.Error(diag.FallbackRepeated, name.Span, "the prompt calls the model %q already", name.Value).
		Also(earlier[i].Span, "first here").Hint("name another model; what is tried again on the same one is in retry")
	return true
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// inputs resolves the inputs, whose names templates must be able to write.
func (r *resolver) inputs(m syntax.Map[syntax.Type]) []*ir.Field {
	fields := r.fields(m)
	for _, f := range fields {
		if !templateName(f.Name) {
			r.rep.Error(diag.InputName, f.Span, "the input name %q cannot be written in a template", f.Name).
				Hint("use letters, digits and _, and start with a letter")
		}
	}
	return fields
}

func templateName(name string) bool {
	for i, c := range name {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return name != ""
}

// output resolves the type of the answer, which is always there.
func (r *resolver) output(t *syntax.Type) *ir.Type {
	out := r.typ(t)
	if out.Null != ir.NotNull {
		r.rep.Error(diag.OptionalMisplaced, out.Span, "an answer is a value or an error, so its type cannot be optional").
			Hint("wrap it: an object with one optional field")
		out.Null = ir.NotNull
	}
	if out.Default != "" {
		r.rep.Error(diag.ConstraintMisfit, out.DefaultSpan, "an answer has no default").
			Hint("defaults stand on inputs and properties")
	}
	return out
}

// messages resolves the messages in either of their notations.
func (r *resolver) messages(p *ir.Prompt, s *syntax.Prompt, key syntax.String) []*ir.Message {
	env := r.env(p)
	short := s.System.IsSet() || s.Prompt.IsSet()
	switch {
	case s.Messages.IsSet() && short:
		r.rep.Error(diag.KeyConflict, s.Messages.Span, "\"messages\" excludes \"system\" and \"prompt\"").
			Hint("they are short for one system and one user message")
	case !s.Messages.IsSet() && !s.Prompt.IsSet():
		r.rep.Error(diag.MissingKey, key.Span, "the prompt %q says nothing", key.Value).
			Hint("write prompt: with the user message, or messages:")
	case s.Messages.IsSet() && len(s.Messages.Items) == 0:
		r.rep.Error(diag.MessageInvalid, s.Messages.Span, "the list of messages is empty")
	}
	var out []*ir.Message
	if s.System.IsSet() {
		out = append(out, r.textMessage(ir.System, s.System, env))
	}
	if s.Prompt.IsSet() {
		out = append(out, r.textMessage(ir.User, s.Prompt, env))
	}
	for i := range s.Messages.Items {
		if m := r.message(p, &s.Messages.Items[i], env); m != nil {
			out = append(out, m)
		}
	}
	return out
}

// env is what the templates of a prompt can name.
func (r *resolver) env(p *ir.Prompt) tmpl.Env {
	partials := make(map[string]source.Text, len(r.partials.items))
	for name, it := range r.partials.items {
		partials[name] = it.value
	}
	return tmpl.Env{Inputs: p.Inputs, Partials: partials, Schema: p.Output != nil}
}

func (r *resolver) textMessage(role ir.Role, text syntax.Text, env tmpl.Env) *ir.Message {
	return &ir.Message{Span: text.Span, Role: role, Parts: []*ir.Part{r.textPart(text, env)}}
}

func (r *resolver) textPart(text syntax.Text, env tmpl.Env) *ir.Part {
	return &ir.Part{Span: text.Span, Text: tmpl.Compile(r.rep, text.Text, env), Source: text.Value}
}

func (r *resolver) message(p *ir.Prompt, m *syntax.Message, env tmpl.Env) *ir.Message {
	if m.History.IsSet() {
		return r.history(p, m)
	}
	for _, entry := range []struct {
		role    ir.Role
		content *syntax.Content
	}{{ir.System, m.System}, {ir.User, m.User}, {ir.Assistant, m.Assistant}} {
		if entry.content == nil {
			continue
		}
		if entry.content.Text.IsSet() {
			return r.textMessage(entry.role, entry.content.Text, env)
		}
		out := &ir.Message{Span: m.Span, Role: entry.role}
		for i := range entry.content.Parts.Items {
			if part := r.part(p, entry.role, &entry.content.Parts.Items[i], env); part != nil {
				out.Parts = append(out.Parts, part)
			}
		}
		return out
	}
	return nil // the shape was wrong, and reported
}

// history resolves "history: .turns".
func (r *resolver) history(p *ir.Prompt, m *syntax.Message) *ir.Message {
	path, ok := r.inputPath(p, m.History.Text)
	if !ok {
		return nil
	}
	f := path[len(path)-1]
	t := f.Type.Underlying()
	if len(path) > 1 || t.Kind != ir.List || t.Elem.Underlying().Kind != ir.ChatMessage {
		if t.Kind != ir.Invalid {
			r.rep.Error(diag.MessageInvalid, m.History.Span, "a history is an input of type l0.Message[], %q is %s", f.Name, describe(f.Type)).
				Hint("declare the input as %s: l0.Message[]", path[0].Name)
		}
		return nil
	}
	return &ir.Message{Span: m.Span, History: f}
}

// part resolves one part of a message.
func (r *resolver) part(p *ir.Prompt, role ir.Role, s *syntax.Part, env tmpl.Env) *ir.Part {
	if s.Text.IsSet() {
		return r.textPart(s.Text, env)
	}
	for _, media := range []struct {
		kind ir.Kind
		path syntax.Text
	}{{ir.Image, s.Image}, {ir.Audio, s.Audio}, {ir.MediaFile, s.File}} {
		if !media.path.IsSet() {
			continue
		}
		if role == ir.System {
			r.rep.Error(diag.MessageInvalid, media.path.Span, "a system message holds only text").
				Hint("put it into a user message")
		}
		return r.media(p, s, media.kind, media.path)
	}
	return nil
}

func (r *resolver) media(p *ir.Prompt, s *syntax.Part, kind ir.Kind, text syntax.Text) *ir.Part {
	path, ok := r.inputPath(p, text.Text)
	if !ok {
		return nil
	}
	f := path[len(path)-1]
	t := f.Type.Underlying()
	if t.Kind == ir.List {
		t = t.Elem.Underlying()
	}
	if t.Kind != kind && t.Kind != ir.Invalid {
		r.rep.Error(diag.MessageInvalid, text.Span, "this part takes an input of %s, %q is %s",
			describe(&ir.Type{Kind: kind}), f.Name, describe(f.Type))
		return nil
	}
	return &ir.Part{Span: s.Span, Media: path}
}

// inputPath reads ".photo" or ".claim.photo", with or without braces around.
func (r *resolver) inputPath(p *ir.Prompt, text source.Text) ([]*ir.Field, bool) {
	path := strings.TrimSpace(text.Value)
	if inner, ok := strings.CutPrefix(path, "{{"); ok && strings.HasSuffix(inner, "}}") {
		path = strings.TrimSpace(strings.TrimSuffix(inner, "}}"))
	}
	if !strings.HasPrefix(path, ".") || path == "." {
		r.rep.Error(diag.MessageInvalid, text.Span, "expected the path of an input, found %q", text.Value).
			Hint("write .name with the name of an input")
		return nil, false
	}
	fields := p.Inputs
	var out []*ir.Field
	for name := range strings.SplitSeq(path[1:], ".") {
		f, ok := r.pathField(fields, name, text)
		if !ok {
			return nil, false
		}
		out = append(out, f)
		fields = f.Type.Underlying().Fields
	}
	return out, true
}

func (r *resolver) pathField(fields []*ir.Field, name string, text source.Text) (*ir.Field, bool) {
	names := make([]string, 0, len(fields))
	for _, f := range fields {
		if f.Name == name {
			return f, true
		}
		names = append(names, f.Name)
	}
	r.rep.Error(diag.VariableUnknown, text.Span, "unknown input %q", name).DidYouMean(name, names)
	return nil, false
}

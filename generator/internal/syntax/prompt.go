package syntax

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// Prompt is one declared function: what it takes, what it says to the model,
// what it gives, and how the call is kept reliable.
type Prompt struct {
	Span source.Span `json:"-"`

	// The version, raised when the prompt changes. Default 1.
	Version Int `json:"version,omitempty"`
	// The comment of the method.
	Doc String `json:"doc,omitempty"`
	// The name of the Go method.
	GoName String `json:"go_name,omitempty"`
	// What kind of answer it asks for.
	Kind OneOf[PromptKinds] `json:"kind,omitempty" l0:"later"`
	// The model that is called.
	Model String `json:"model,omitempty"`
	// The models that are called, in order, when the first one fails.
	Fallbacks List[String] `json:"fallbacks,omitempty"`
	// A declared policy, or several in order.
	Policy Names `json:"policy,omitempty"`
	// The inputs by name.
	Input Map[Type] `json:"input,omitempty"`
	// The messages, in order.
	Messages List[Message] `json:"messages,omitempty"`
	// Short for one system message.
	System Text `json:"system,omitempty"`
	// Short for one user message.
	Prompt Text `json:"prompt,omitempty"`
	// The type of the answer. Without it the answer is text.
	Output *Type `json:"output,omitempty"`
	// Cutting a long input into windows.
	Window *Window `json:"window,omitempty" l0:"later"`
	// Asking several times, or several models, and agreeing.
	Consensus *Consensus `json:"consensus,omitempty" l0:"later"`
	// Test cases.
	Tests List[TestCase] `json:"tests,omitempty" l0:"later"`

	PolicyKeys
}

// PolicyKeys are the keys of a policy that stand among a prompt's own.
type PolicyKeys = Policy

// Message is one entry of the messages: one role with its content, or a
// history.
type Message struct {
	Span source.Span `json:"-"`

	// What the system says.
	System *Content `json:"system,omitempty"`
	// What the user says.
	User *Content `json:"user,omitempty"`
	// What the model said before.
	Assistant *Content `json:"assistant,omitempty"`
	// An input of type l0.Message[] whose messages are put in here.
	History Text `json:"history,omitempty"`
}

// Content is text, or a list of parts.
type Content struct {
	Span  source.Span
	Text  Text
	Parts List[Part]
}

// Part is a piece of a message.
type Part struct {
	Span source.Span `json:"-"`

	// Text, as a template.
	Text Text `json:"text,omitempty"`
	// An input of type image.
	Image Text `json:"image,omitempty"`
	// An input of type audio.
	Audio Text `json:"audio,omitempty"`
	// An input of type file.
	File Text `json:"file,omitempty"`
}

func (m *Message) decode(d *decoder, n *node) {
	d.fields(n, m)
	d.exactlyOne(n, "message", "system, user, assistant or history")
}

func (c *Content) decode(d *decoder, n *node) {
	c.Span = n.span
	if n.kind == listNode {
		c.Parts.decode(d, n)
		return
	}
	c.Text.decode(d, n)
}

func (p *Part) decode(d *decoder, n *node) {
	d.fields(n, p)
	d.exactlyOne(n, "part", "text, image, audio or file")
}

// exactlyOne reports a mapping that does not have one key.
func (d *decoder) exactlyOne(n *node, what, keys string) {
	if n.kind != mappingNode || n.braces || len(n.entries) == 1 {
		return
	}
	if len(n.entries) == 0 {
		d.rep.Error(diag.MessageInvalid, firstLine(n), "the %s is empty", what).Hint("it holds one of %s", keys)
		return
	}
	d.rep.Error(diag.MessageInvalid, n.entries[1].key.span, "a %s holds one key, this is its second", what).
		Also(n.entries[0].key.span, "the first").Hint("start a new list item")
}

// Window cuts an input into windows and calls the prompt for each.
type Window struct {
	Span source.Span `json:"-"`

	// The input that is cut; a string.
	Over String `json:"over"`
	// The size of a window in tokens or characters. Default 2000.
	Size Int `json:"size,omitempty"`
	// How much of a window the next one repeats. Default 200.
	Overlap Int `json:"overlap,omitempty"`
	// Where cuts are made. Default token.
	Strategy OneOf[WindowStrategies] `json:"strategy,omitempty"`
	// How many windows are worked on at a time. Default 3.
	Concurrency Int `json:"concurrency,omitempty"`
	// What a failed window does to the call. Default fail.
	OnError OneOf[WindowErrors] `json:"on_error,omitempty"`
	// How the results come together. Default list.
	Merge Merge `json:"merge,omitempty"`
}

// Merge says how the results of windows come together: a word, or a mapping.
type Merge struct {
	Span source.Span `json:"-"`
	// Word is list, concat or object.
	Word OneOf[MergeWords] `json:"-"`

	// The rule of each field of an object.
	Fields Map[OneOf[MergeRules]] `json:"fields,omitempty"`
	// A prompt that merges the results.
	Prompt String `json:"prompt,omitempty"`
}

// MergeWords are the merges without settings.
type MergeWords struct{}

func (MergeWords) words() []string { return []string{"list", "concat", "object"} }

func (m *Merge) decode(d *decoder, n *node) {
	if n.kind == scalarNode {
		m.Span = n.span
		m.Word.decode(d, n)
		return
	}
	d.fields(n, m)
}

// Consensus asks several times, or several models, and agrees on one answer.
type Consensus struct {
	Span source.Span `json:"-"`

	// A named policy that the other keys start from.
	Preset OneOf[ConsensusPresets] `json:"preset,omitempty"`
	// How often the model is asked. Default 3.
	Samples Int `json:"samples,omitempty"`
	// The models that are asked, in place of model.
	Models List[String] `json:"models,omitempty"`
	// How an answer is chosen. Default majority.
	Strategy OneOf[ConsensusStrategies] `json:"strategy,omitempty"`
	// The weight of each model or sample.
	Weights *Value `json:"weights,omitempty"`
	// How similar texts must be to agree. Default 0.8.
	Threshold Float `json:"threshold,omitempty"`
	// The least agreement of a field. Default 0.6.
	MinimumAgreement Float `json:"minimum_agreement,omitempty"`
	// What happens without agreement. Default fail for typed outputs, vote for
	// text.
	OnConflict OneOf[Conflicts] `json:"on_conflict,omitempty"`
	// How fields are compared, by path.
	Fields Map[FieldRule] `json:"fields,omitempty"`
	// Whether the rest is cancelled once the outcome is certain. Default true.
	EarlyStop Bool `json:"early_stop,omitempty"`
}

// FieldRule says when two values of a field are equal: the word ignore, or a
// mapping.
type FieldRule struct {
	Span source.Span `json:"-"`
	// Word is ignore.
	Word OneOf[FieldWords] `json:"-"`

	// The greatest difference of equal numbers.
	Tolerance Float `json:"tolerance,omitempty"`
	// The least similarity of equal texts, 0 to 1.
	Similarity Float `json:"similarity,omitempty"`
	// Whether the order of a list counts: true, or the key of its elements.
	Unordered Unordered `json:"unordered,omitempty"`
}

// FieldWords are the field rules without settings.
type FieldWords struct{}

func (FieldWords) words() []string { return []string{"ignore"} }

func (r *FieldRule) decode(d *decoder, n *node) {
	if n.kind == scalarNode {
		r.Span = n.span
		r.Word.decode(d, n)
		return
	}
	d.fields(n, r)
}

// Unordered is true, or a mapping with the key that pairs elements.
type Unordered struct {
	Span source.Span `json:"-"`
	// Off says that the spec has "false".
	Off bool `json:"-"`

	// The property that pairs elements.
	By String `json:"by,omitempty"`
}

func (u *Unordered) decode(d *decoder, n *node) {
	u.Off = d.switchOr(n, u)
}

// TestCase is one test of a prompt.
type TestCase struct {
	Span source.Span `json:"-"`

	// The name of the test.
	Name String `json:"name"`
	// The inputs.
	Input *Object `json:"input,omitempty"`
	// What the model answers.
	Reply String `json:"reply,omitempty"`
	// A file that a call was recorded in.
	Recording String `json:"recording,omitempty"`
	// What the value must contain.
	Expect *Value `json:"expect,omitempty"`
	// An expression, or several, that must hold.
	Assert Names `json:"assert,omitempty"`
}

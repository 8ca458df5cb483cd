package ir

import "github.com/l0gen/l0gen/generator/internal/source"

// Package is what all specs of one directory mean together.
type Package struct {
	// Dir is the directory as the user named it, with slashes.
	Dir string
	// Name is the Go package name.
	Name string
	// Doc becomes the package comment; empty when no spec has one.
	Doc string
	// Sources are the specs, ordered by path.
	Sources []*source.File
	// Models, Types and Prompts stand in the order of files and places.
	Models  []*Model
	Types   []*Named
	Prompts []*Prompt
	// Partials are the template fragments by name.
	Partials map[string]string
}

// Model is a named endpoint.
type Model struct {
	Name     string
	Span     source.Span
	Provider string
	ID       string
	// Params is a JSON object, canonical: sorted keys, no white space.
	Params        string
	BaseURL       string
	APIKeyEnv     string
	Class         string
	ContextTokens int64
	Network       string
	Timeouts      Timeouts
	// Spans is where each key was said, by its path, such as "timeouts.total".
	Spans map[string]source.Span
}

// Prompt is one declared function.
type Prompt struct {
	Name string
	Span source.Span
	// GoName overrides the method's name.
	GoName  string
	Doc     string
	Version int64
	Kind    string
	// Models is the model and its fallbacks, in order.
	Models []*Model
	// Inputs are the fields of the input, in the order of the spec.
	Inputs   []*Field
	Messages []*Message
	// Output is nil for a text answer.
	Output *Type
	Policy Policy
}

// Role says who speaks in a message.
type Role string

// The roles.
const (
	System    Role = "system"
	User      Role = "user"
	Assistant Role = "assistant"
)

// Message is one entry of a prompt's messages.
type Message struct {
	Span source.Span
	Role Role
	// Parts is the content. Plain text is one part.
	Parts []*Part
	// History is the input of type l0.Message[] that is spliced in here; Role
	// and Parts are then empty.
	History *Field
}

// Part is a piece of a message: a text template, or media.
type Part struct {
	Span source.Span
	// Text is nil for media, and Source is what it was compiled from.
	Text   *Template
	Source string
	// Media is a path to an input of a media type, or of a list of one: the
	// names from the input down.
	Media []*Field
}

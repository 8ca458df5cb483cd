package syntax

import (
	"reflect"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// formatVersion is the version of the format that specs are read as.
const formatVersion = 1

// Spec is one *.l0.yaml file. All specs of a directory make one Go package.
type Spec struct {
	File *source.File `json:"-"`
	Span source.Span  `json:"-"`

	// The version of the spec format.
	L0gen Int `json:"l0gen"`
	// The Go package. Default: the package already in the directory, else the
	// directory's name.
	Package String `json:"package,omitempty"`
	// The package comment.
	Doc String `json:"doc,omitempty"`
	// Models by name, shared by all specs of the directory.
	Models Map[Model] `json:"models,omitempty"`
	// Policies by name, shared by all specs of the directory.
	Policies Map[Policy] `json:"policies,omitempty"`
	// The policy that every prompt of this file starts from.
	Defaults *Policy `json:"defaults,omitempty"`
	// Template fragments by name, for {{template "name" .}}.
	Partials Map[Text] `json:"partials,omitempty"`
	// Types by name, shared by all specs of the directory.
	Types Map[Type] `json:"types,omitempty"`
	// Prompts by name. Each becomes a Go method.
	Prompts Map[Prompt] `json:"prompts,omitempty"`
}

// Model is a named endpoint.
type Model struct {
	Span source.Span `json:"-"`

	// The provider that serves the model, such as openai.
	Provider String `json:"provider"`
	// The provider's name of the model.
	Model String `json:"model"`
	// Parameters that are passed to the provider as they are.
	Params *Object `json:"params,omitempty"`
	// The base URL of a compatible server. With one, an API key is optional.
	BaseURL String `json:"base_url,omitempty"`
	// The environment variable that holds the API key. Default: the
	// provider's usual one.
	APIKeyEnv String `json:"api_key_env,omitempty"`
	// What kind of model it is; decides the default timeouts.
	Class OneOf[Classes] `json:"class,omitempty"`
	// How many tokens the model takes in.
	ContextTokens Int `json:"context_tokens,omitempty"`
	// How the model is reached.
	Network OneOf[Networks] `json:"network,omitempty"`
	// The timeouts of calls to this model.
	Timeouts *Timeouts `json:"timeouts,omitempty"`
}

// Parse reads a spec and reports what is wrong with its shape. It returns nil
// when nothing could be read.
func Parse(rep *diag.Report, f *source.File) *Spec {
	if len(f.Bytes) > MaxBytes {
		rep.ErrorAt(diag.FileTooLarge, f.Path, "the spec has %d bytes; the limit is %d", len(f.Bytes), MaxBytes).
			Hint("split it: all specs of a directory share their models, types and prompts")
		return nil
	}
	n := load(rep, f)
	if n == nil {
		return nil
	}
	spec := &Spec{}
	d := &decoder{rep: rep, known: map[reflect.Type][]field{}}
	d.value(n, spec)
	spec.File = f
	if spec.L0gen.IsSet() && spec.L0gen.Value != formatVersion {
		rep.Error(diag.VersionUnknown, spec.L0gen.Span, "format version %d is not known", spec.L0gen.Value).
			Hint("this l0gen reads version %d: write \"l0gen: %d\"", formatVersion, formatVersion)
	}
	return spec
}

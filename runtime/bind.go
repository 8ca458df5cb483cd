package l0

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
)

// Binding is a [Package] with its models bound to providers and keys. Generated clients hold
// one. It is safe for concurrent use.
type Binding struct {
	client   *Client
	pkg      *Package
	models   map[ModelName]boundModel
	defaults callConfig
	rulings  sync.Map // *Function -> *ruling
}

// boundModel is a model with all that is needed to call it.
type boundModel struct {
	Model
	provider Provider
	key      Secret
}

// Bind binds the models of pkg to the providers and keys of base, with opts above the
// options of base. The key of a model is the one given with [WithAPIKey], else the content
// of the environment variable that the model names; a model that names none has that of
// the provider's usual one.
//
// It makes no request. The error names everything that is missing: providers, and keys of
// models whose provider needs one and that have no base URL of their own.
func Bind(base *Client, pkg *Package, opts ...ClientOption) (*Binding, error) {
	if base == nil || pkg == nil {
		return nil, &Error{Code: CodeNotConfigured, Message: "the client is nil", Advice: "make one with l0.NewClient"}
	}
	config := base.config.with(opts)
	b := &Binding{client: base, pkg: pkg, models: make(map[ModelName]boundModel, len(pkg.Models)), defaults: config.defaults}
	problems := config.problems
	missing := map[string][]string{} // what is missing -> the models that need it
	for _, m := range pkg.Models {
		bound, lacks := config.bind(m)
		if lacks != "" {
			missing[lacks] = append(missing[lacks], string(m.Name))
			continue
		}
		b.models[m.Name] = bound
	}
	for _, m := range pkg.Models { // in the order of the spec
		for lacks, models := range missing {
			if models[0] == string(m.Name) {
				problems = append(problems, fmt.Errorf("%s (for model %s)", lacks, strings.Join(models, ", ")))
			}
		}
	}
	if len(problems) > 0 {
		return nil, &Error{
			Code:    CodeNotConfigured,
			Message: fmt.Sprintf("package %s cannot be bound: %s", pkg.Name, joinLines(problems)),
			Advice:  "give l0.NewClient the providers and set the keys",
			Err:     errors.Join(problems...),
		}
	}
	return b, nil
}

func joinLines(errs []error) string {
	lines := make([]string, len(errs))
	for i, err := range errs {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "; ")
}

// bind returns m with its provider and key, or what is lacking.
func (c *clientConfig) bind(m Model) (bound boundModel, lacks string) {
	p, ok := c.providers[m.Provider]
	if !ok {
		return bound, fmt.Sprintf("provider %q is missing", m.Provider)
	}
	bound = boundModel{Model: m, provider: p}
	if key, ok := c.keys[string(m.Name)]; ok {
		bound.key = key
		return bound, ""
	}
	if key, ok := c.keys[m.Provider]; ok {
		bound.key = key
		return bound, ""
	}
	variable, err := keyVariable(m, p)
	if err != nil {
		return bound, err.Error()
	}
	if variable != "" {
		bound.key = Secret(os.Getenv(variable))
		if bound.key == "" && m.BaseURL == "" {
			return bound, fmt.Sprintf("key variable %s is not set", variable)
		}
	}
	return bound, ""
}

// keyVariable returns the environment variable that holds the key of m: the one that the
// model names, else the provider's usual one. It is empty when no key is needed.
func keyVariable(m Model, p Provider) (name string, err error) {
	if m.APIKeyEnv != "" {
		return m.APIKeyEnv, nil // naming one keeps the usual key from a server that it is not meant for
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("provider %q panicked in APIKeyEnv", m.Provider)
		}
	}()
	if u, ok := p.(KeyUser); ok {
		return u.APIKeyEnv(), nil
	}
	return "", nil
}

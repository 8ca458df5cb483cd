package l0

import (
	"context"
	"fmt"
	"slices"
)

// routes returns the models that a call tries, in order.
func (b *Binding) routes(
	s *session, models []ModelName, schemaText string, render func(format string) ([]Message, error),
) ([]route, error) {
	if s.config.model != "" {
		models = []ModelName{s.config.model}
	}
	if len(models) == 0 {
		return nil, &Error{Code: CodeNotConfigured, Message: "the function names no model"}
	}
	routes := make([]route, len(models))
	for i, name := range models {
		bound, ok := b.models[name]
		if !ok {
			return nil, &Error{
				Code: CodeNotConfigured, Model: name,
				Message: fmt.Sprintf("package %s has no model %q", b.pkg.Name, name), Advice: "use one of its Model constants",
			}
		}
		routes[i] = route{model: name, provider: bound.Provider, timeouts: bound.EffectiveTimeouts(s.asked)}
		routes[i].ready = func() (OutputMode, opener, error) {
			mode, err := bound.outputMode(s.policy.OutputMode, schemaText)
			if err != nil {
				return "", nil, err
			}
			msgs, err := render(formatFor(schemaText, mode))
			if err != nil {
				return "", nil, err
			}
			return mode, bound.opener(s, schemaText, mode, msgs), nil
		}
	}
	return routes, nil
}

// outputMode returns how a reply is held to the schema, empty for text.
func (m boundModel) outputMode(wanted OutputMode, schemaText string) (mode OutputMode, err error) {
	defer recoverTo(&err, "the provider's OutputModes")
	if schemaText == "" {
		return "", nil
	}
	var offered []OutputMode
	if e, ok := m.provider.(SchemaEnforcer); ok && wanted != OutputPrompt {
		offered = e.OutputModes(m.Model, schemaText)
	}
	switch {
	case wanted == OutputAuto && len(offered) > 0:
		return offered[0], nil
	case wanted == OutputAuto, wanted == OutputPrompt:
		return OutputPrompt, nil
	case slices.Contains(offered, wanted):
		return wanted, nil
	}
	return "", &Error{
		Code: CodeNotConfigured, Model: m.Name,
		Message: fmt.Sprintf("provider %q cannot enforce this schema in output mode %q", m.Provider, wanted),
		Advice:  "set output_mode to auto",
	}
}

// opener returns what opens an attempt.
func (m boundModel) opener(s *session, schemaText string, mode OutputMode, msgs []Message) opener {
	return func(ctx context.Context, a *AttemptInfo) (Source, error) {
		said := a.conversation(msgs)
		s.logMessages(said)
		return m.provider.Open(ctx, &Request{
			Function:        s.report.Function,
			Version:         s.report.Version,
			Attempt:         a.Attempt,
			Model:           m.Model,
			APIKey:          m.key,
			Messages:        said,
			Schema:          schemaText,
			OutputMode:      mode,
			MaxOutputTokens: s.policy.Limits.MaxOutputTokens,
			MaxReplyBytes:   s.policy.Limits.MaxReplyBytes,
		})
	}
}

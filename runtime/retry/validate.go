package retry

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Validate returns what is wrong with c, all of it joined into one error, or nil. Each part
// names the field and says what it may be. Unset fields are their defaults and always valid.
func (c Config) Validate() error {
	problems := []error{
		c.validateNames(),
		validLimit("Attempts", c.Attempts),
		validLimit("MaxRetries", c.MaxRetries),
		validDelay("BaseDelay", c.BaseDelay),
		validDelay("MaxDelay", c.MaxDelay),
		validDelay("NetworkMaxDelay", c.NetworkMaxDelay),
		c.validateRetryOn(),
	}
	for _, t := range ErrorTypes() {
		problems = append(problems, validDelay("ErrorTypeDelays of "+string(t), *c.ErrorTypeDelays.field(t)))
	}
	if c.MaxDelay > 0 && c.BaseDelay > c.MaxDelay {
		problems = append(problems, fmt.Errorf("retry: BaseDelay %v is longer than MaxDelay %v: lower the one or raise the other", c.BaseDelay, c.MaxDelay))
	}
	return errors.Join(problems...)
}

func (c Config) validateNames() error {
	var preset, backoff error
	if c.Preset != "" && !c.Preset.Valid() {
		preset = unknown("Preset", c.Preset, Presets())
	}
	if c.Backoff != "" && !c.Backoff.Valid() {
		backoff = unknown("Backoff", c.Backoff, Strategies())
	}
	return errors.Join(preset, backoff)
}

func (c Config) validateRetryOn() error {
	var problems []error
	for _, r := range c.RetryOn {
		if !r.Valid() {
			problems = append(problems, unknown("RetryOn", r, Reasons()))
		}
	}
	return errors.Join(problems...)
}

func validLimit(field string, n int) error {
	if n < None {
		return fmt.Errorf("retry: %s is %d: use a number above 0, retry.None for none, or leave it 0 for the default", field, n)
	}
	return nil
}

func validDelay(field string, d time.Duration) error {
	if d < NoDelay {
		return fmt.Errorf("retry: %s is %v: use a duration above 0, retry.NoDelay for none, or leave it 0 for the default", field, d)
	}
	return nil
}

func unknown[T ~string](field string, got T, known []T) error {
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	return fmt.Errorf("retry: %s %q is unknown: use one of %s", field, string(got), strings.Join(names, ", "))
}

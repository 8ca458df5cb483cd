package retry

import (
	"math"
	"time"
)

// Values that mean something else than a number. In a [Config] zero is the default, so
// that "none" needs a value of its own.
const (
	// None as a limit allows no retry at all.
	None = -1
	// Unlimited as a limit allows any number of retries. A call still ends by its deadline.
	Unlimited = math.MaxInt
	// NoDelay as a delay means: try again at once.
	NoDelay time.Duration = -1
)

// Config says when and how a failed attempt is tried again. It is plain data; its zero
// value is the default of every field.
type Config struct {
	// Preset is what the zero fields of this Config mean. Empty is [Recommended].
	Preset Preset
	// Attempts is how many extra tries each model of a call gets for failures that are its
	// own doing: empty, invalid or incomplete replies. 3 unless set; [None] for none.
	Attempts int
	// MaxRetries is the cap on extra tries of every kind in one call, all models together.
	// 6 unless set; [None] for none, [Unlimited] for no cap.
	MaxRetries int
	// Backoff is how the delay grows. [FixedJitter] unless set.
	Backoff Strategy
	// BaseDelay is the delay that the strategy starts from. 1 s unless set.
	BaseDelay time.Duration
	// MaxDelay caps a delay. 10 s unless set.
	MaxDelay time.Duration
	// NetworkMaxDelay is the longest that a server may ask to wait (Retry-After). 30 s unless set.
	NetworkMaxDelay time.Duration
	// RetryOn lists the reasons that are retried. Nil is [DefaultReasons] and failures
	// without a known reason; an empty list retries nothing.
	RetryOn []Reason
	// ErrorTypeDelays replaces BaseDelay after network failures, by their kind.
	ErrorTypeDelays ErrorDelays
	// NoFeedback keeps a retry from telling the model what was wrong with its last reply.
	NoFeedback bool
}

// Defaults returns the configuration that holds when nothing is set, with every field filled in.
func Defaults() Config {
	return Config{
		Preset:          Recommended,
		Attempts:        3,
		MaxRetries:      6,
		Backoff:         FixedJitter,
		BaseDelay:       time.Second,
		MaxDelay:        10 * time.Second,
		NetworkMaxDelay: 30 * time.Second,
		RetryOn:         DefaultReasons(),
		ErrorTypeDelays: DefaultErrorDelays(),
	}
}

// Resolve returns c with every zero field replaced by the value of its preset. Resolving
// twice changes nothing more. An unknown preset counts as [Recommended].
func (c Config) Resolve() Config {
	base := c.Preset.Config()
	base.merge(c)
	return base
}

// Merge returns c with the fields that are set in over replaced by them. A preset in over
// starts anew: nothing of c is kept.
func (c Config) Merge(over Config) Config {
	if over.Preset != "" {
		return over
	}
	c.merge(over)
	return c
}

func (c *Config) merge(over Config) {
	set(&c.Preset, over.Preset)
	set(&c.Attempts, over.Attempts)
	set(&c.MaxRetries, over.MaxRetries)
	set(&c.Backoff, over.Backoff)
	set(&c.BaseDelay, over.BaseDelay)
	set(&c.MaxDelay, over.MaxDelay)
	set(&c.NetworkMaxDelay, over.NetworkMaxDelay)
	if over.RetryOn != nil {
		c.RetryOn = over.RetryOn
	}
	c.ErrorTypeDelays.merge(over.ErrorTypeDelays)
	set(&c.NoFeedback, over.NoFeedback)
}

// set replaces *field by v unless v is zero.
func set[T comparable](field *T, v T) {
	var zero T
	if v != zero {
		*field = v
	}
}

// BackoffFor returns the back-off after a failure of kind t; an empty t is no network
// failure and uses BaseDelay.
func (c Config) BackoffFor(t ErrorType) Backoff {
	base := c.BaseDelay
	if t != "" {
		base = c.ErrorTypeDelays.Of(t)
	}
	if c.MaxDelay < 0 {
		base = 0 // nothing fits under a cap of NoDelay, while a Cap of 0 would be none
	}
	return Backoff{Strategy: c.Backoff, Base: max(base, 0), Cap: max(c.MaxDelay, 0)}
}

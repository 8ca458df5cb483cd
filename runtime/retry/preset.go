package retry

// Preset names a set of values for a [Config].
type Preset string

// The presets.
const (
	// Minimal: 2 attempts, 4 retries in all, linear back-off.
	Minimal Preset = "minimal"
	// Recommended: the defaults.
	Recommended Preset = "recommended"
	// Strict: the defaults with full jitter, for many clients that fail at the same time.
	Strict Preset = "strict"
	// ExponentialPreset: 4 attempts, 8 retries in all, doubling delays.
	ExponentialPreset Preset = "exponential"
	// NoRetries: no retry of any kind.
	NoRetries Preset = "none"
)

// Presets returns all presets.
func Presets() []Preset {
	return []Preset{Minimal, Recommended, Strict, ExponentialPreset, NoRetries}
}

// Valid reports whether p is a preset; the empty string is not one.
func (p Preset) Valid() bool {
	switch p {
	case Minimal, Recommended, Strict, ExponentialPreset, NoRetries:
		return true
	}
	return false
}

// Config returns the preset with every field filled in.
func (p Preset) Config() Config {
	c := Defaults()
	switch p {
	case Minimal:
		c.Preset, c.Attempts, c.MaxRetries, c.Backoff = p, 2, 4, Linear
	case Strict:
		c.Preset, c.Backoff = p, FullJitter
	case ExponentialPreset:
		c.Preset, c.Attempts, c.MaxRetries, c.Backoff = p, 4, 8, Exponential
	case NoRetries:
		c.Preset, c.Attempts, c.MaxRetries = p, None, None
	case Recommended: // it is the default
	}
	return c
}

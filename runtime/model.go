package l0

// ModelName is the name that a spec gives to a model.
type ModelName string

// Model is a model endpoint as a spec declares it. It holds no secret.
type Model struct {
	// Name is what the spec calls it.
	Name ModelName
	// Provider is the name of the [Provider] that serves it.
	Provider string
	// ID is what the provider calls it.
	ID string
	// Params is a JSON object that is passed to the provider as it is. Empty is none.
	Params string
	// BaseURL replaces the provider's own address. Empty keeps it.
	BaseURL string
	// APIKeyEnv names the environment variable that holds the key. Empty is the provider's usual one.
	APIKeyEnv string
	// Class says what to expect of the model's speed. Empty is [ClassStandard].
	Class Class
	// Network says where the call runs. Empty is an ordinary server.
	Network Network
	// ContextTokens is the size of the model's context window. Zero is unknown.
	ContextTokens int
	// Timeouts hold for this model, above those of its class and below those of the prompt.
	Timeouts Timeouts
}

// EffectiveTimeouts returns the timeouts of a call to m where policies ask for those in asked:
// the defaults of its class, below its own, below asked. No field is zero. Of several models
// the first one decides about Total.
func (m Model) EffectiveTimeouts(asked Timeouts) Timeouts {
	t := defaultTimeouts(m.Class)
	t.merge(m.Timeouts)
	t.merge(asked)
	return t
}

// Class is a class of models with like speed.
type Class string

// The classes of models.
const (
	ClassFast      Class = "fast"
	ClassStandard  Class = "standard"
	ClassLarge     Class = "large"
	ClassReasoning Class = "reasoning"
	ClassLocal     Class = "local"
)

// Network is the kind of place that a call runs in.
type Network string

// NetworkEdge is an edge runtime: short-lived, with time limits of its own.
const NetworkEdge Network = "edge"

// Package is what the runtime must know of a generated package as a whole.
type Package struct {
	// Name is the Go name of the package.
	Name string
	// Models are all models that its specs declare.
	Models []Model
}

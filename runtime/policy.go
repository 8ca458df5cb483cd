package l0

import (
	"math"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/retry"
	"github.com/l0gen/l0gen/runtime/structured"
)

// NoTimeout as a timeout switches it off. Zero is the default, not "none".
const NoTimeout time.Duration = -1

// Policy says how a call is made reliable. It is plain data, safe to share and to copy; the
// zero value of every field is its default, see [DefaultPolicy].
type Policy struct {
	// Timeouts end what takes too long.
	Timeouts Timeouts
	// Retry says what is tried again, how often and when.
	Retry retry.Config
	// Guardrails are the rules that a reply must pass.
	Guardrails guard.Config
	// Drift watches a reply for losing its thread. Off unless set.
	Drift guard.Drift
	// CheckIntervals say how often rules give their verdict on a reply that is under way.
	CheckIntervals CheckIntervals
	// Continuation lets a retry go on where the last attempt stopped. Off unless set.
	Continuation Continuation
	// Repair says which changes may make a reply fit its type.
	Repair structured.RepairPolicy
	// OutputMode is how the model is held to the output's schema. [OutputAuto] unless set.
	OutputMode OutputMode
	// Limits bound the size of a reply.
	Limits Limits
}

// Timeouts end what takes too long. Zero is the default, [NoTimeout] is none.
type Timeouts struct {
	// InitialToken is the time from the start of an attempt to the first token, connecting
	// included. 5 s; 60 s for reasoning and local models.
	InitialToken time.Duration
	// InterToken is the longest silence after that. The time that the consumer takes is not
	// counted. 10 s; 30 s for reasoning and local models.
	InterToken time.Duration
	// Attempt is the time of one attempt. None unless set.
	Attempt time.Duration
	// Total is the time of the whole call with all its attempts. 10 min unless set.
	Total time.Duration
}

// CheckIntervals are distances in tokens; zero is the default.
type CheckIntervals struct {
	Guardrails int // 5 unless set
	Drift      int // 10 unless set
	Checkpoint int // 10 unless set
}

// Continuation lets a retry go on where the last attempt stopped, instead of starting anew.
// It is for text outputs only.
type Continuation struct {
	// On switches it on.
	On bool
	// Prompt tells the model to go on. Empty has one made.
	Prompt string
	// MinOverlap and MaxOverlap bound, in characters, the repeated text that is cut out where
	// the two pieces meet. 2 and 500 unless set.
	MinOverlap, MaxOverlap int
	// IgnoreCase and CollapseSpace make the search for repeated text less strict.
	IgnoreCase, CollapseSpace bool
}

// OutputMode is how a model is held to the output's schema.
type OutputMode string

// The output modes.
const (
	// OutputAuto takes the best way that the provider offers for the schema.
	OutputAuto OutputMode = "auto"
	// OutputNative has the provider enforce the schema.
	OutputNative OutputMode = "native"
	// OutputTool passes the schema as the parameters of a tool that the model must call.
	OutputTool OutputMode = "tool"
	// OutputPrompt puts the schema into the prompt.
	OutputPrompt OutputMode = "prompt"
)

// Limits bound the size of a reply.
type Limits struct {
	// MaxOutputTokens is passed to the provider. Zero leaves it to the provider.
	MaxOutputTokens int
	// MaxReplyBytes is the size in bytes at which a reply is cut off with an error. 16 MiB
	// unless set; [NoLimit] is none.
	MaxReplyBytes int
}

// NoLimit as a limit in bytes means that there is none.
const NoLimit = math.MaxInt

// DefaultPolicy returns the policy that holds when nothing is set, with every field filled
// in that has one default for all prompts. What is different for text and typed outputs
// (the guardrails' preset, the check for empty replies) stays at zero.
func DefaultPolicy() Policy {
	return Policy{
		Timeouts: defaultTimeouts(ClassStandard),
		Retry:    retry.Defaults(),
		Guardrails: guard.Config{
			OnFatal:     guard.Fallback,
			OnExhausted: guard.Fail,
			Delivery:    guard.Live,
		},
		Drift:          guard.DefaultDrift(),
		CheckIntervals: CheckIntervals{Guardrails: 5, Drift: 10, Checkpoint: 10},
		Continuation:   Continuation{MinOverlap: 2, MaxOverlap: 500},
		Repair:         structured.RepairPolicy{Level: structured.Standard},
		OutputMode:     OutputAuto,
		Limits:         Limits{MaxReplyBytes: 16 << 20},
	}
}

// defaultTimeouts returns the timeouts for a class of models.
func defaultTimeouts(c Class) Timeouts {
	t := Timeouts{
		InitialToken: 5 * time.Second,
		InterToken:   10 * time.Second,
		Attempt:      NoTimeout,
		Total:        10 * time.Minute,
	}
	if c == ClassReasoning || c == ClassLocal {
		t.InitialToken, t.InterToken = 60*time.Second, 30*time.Second
	}
	return t
}

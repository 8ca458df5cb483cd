package guard

// Drift says whether and how a reply is watched for losing its thread. It is plain data.
type Drift struct {
	// On switches the watch on.
	On bool
	// Window is how many characters of the end are looked at. 500 unless set.
	Window int
	// Repetition is how often a sentence or a run of words may come. 3 unless set.
	Repetition int
	// EntropySD is the jump in entropy, in standard deviations, that counts. 2.5 unless set.
	EntropySD float64
	// MinConfidence is the confidence, from 0 to 1, that counts as drift. 0.5 unless set.
	MinConfidence float64
	// Signals are those that are watched. Nil is [Signals], all of them.
	Signals []Signal
}

// DefaultDrift returns the values that hold when drift is on and nothing else is set.
func DefaultDrift() Drift {
	return Drift{Window: 500, Repetition: 3, EntropySD: 2.5, MinConfidence: 0.5, Signals: Signals()}
}

// Signal is one sign of drift.
type Signal string

// The signals.
const (
	MetaCommentary   Signal = "meta_commentary"
	ToneShift        Signal = "tone_shift"
	Repetition       Signal = "repetition"
	EntropySpike     Signal = "entropy_spike"
	FormatCollapse   Signal = "format_collapse"
	MarkdownCollapse Signal = "markdown_collapse"
	Hedging          Signal = "hedging"
)

// Signals returns all signals, in the order in which they are reported.
func Signals() []Signal {
	return []Signal{MetaCommentary, ToneShift, Repetition, EntropySpike, FormatCollapse, MarkdownCollapse, Hedging}
}

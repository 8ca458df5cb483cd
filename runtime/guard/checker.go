package guard

// Custom is a rule written in Go. It is plain data and may be shared by any number of calls.
type Custom struct {
	// Name is what violations and records call the rule. It must not be empty.
	Name string
	// New returns a checker for one attempt. It is called once for each attempt, so that a
	// checker can keep what it has seen without a lock.
	New func() Checker
	// Streaming has the rule checked while the reply comes, and again at its end. Otherwise
	// it is checked at the end only.
	Streaming bool
	// AbortEarly ends the attempt as soon as the rule finds an error while the reply comes,
	// instead of at its end. Set it where more text cannot make the reply good again.
	AbortEarly bool
	// Severity is that of violations which have none. [Error] unless set.
	Severity Severity
	// NotRecoverable marks the violations that leave Recoverable open: another attempt on the
	// same model will not help.
	NotRecoverable bool
}

// Checker looks at the reply of one attempt.
type Checker interface {
	// Check returns what is wrong with the reply so far; nil if nothing is. It must not
	// change the text and must not keep it longer than the attempt.
	Check(in Reply) []Violation
}

// CheckFunc is a [Checker] without a memory.
type CheckFunc func(in Reply) []Violation

// Check calls f.
func (f CheckFunc) Check(in Reply) []Violation { return f(in) }

// Reply is what a [Checker] sees.
type Reply struct {
	// Text is the whole reply so far, Delta the end of it that is new since the last check.
	Text, Delta string
	// Tokens counts the pieces in which Text came.
	Tokens int
	// Final reports that the reply is complete.
	Final bool
}

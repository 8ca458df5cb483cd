// Package guard holds guardrails and drift detection: what a policy asks for, the engine that
// runs rules over a reply,
// and what a rule found. It does not know calls, models or retries.
//
// Generated code carries policies as data, package l0 runs the engine and puts the
// violations into errors and reports. Plain data is safe to share, an [Engine] is not.
package guard

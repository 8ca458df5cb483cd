// Package guard holds the words of guardrails and drift detection: what a policy asks for
// and what a rule found.
//
// Generated code carries these values as data, package l0 passes them on and puts the
// violations into errors and reports. The values are plain data and safe to share.
package guard

// Package record is the vocabulary of what happens in a call: one [Record] for each step that
// observers, logs, traces and recordings can see, with the canonical names of L0's event
// vocabulary in its JSON.
//
// It observes nothing and stores nothing. Package l0 makes the records and hands them to
// observers; whatever keeps or counts records reads them through this package. Records are
// plain values; what they point to is shared and must not be changed.
package record

// Package l0test helps to test code that calls language models: a [Provider] that answers
// from a script, and [TestIterator], which checks that an iterator behaves.
//
// It makes no network connection. To replace a whole generated client, use the fake that is
// generated beside it; use this package to run the real one against replies, faults included.
package l0test

package l0test

import (
	"iter"
	"testing"
)

// TestIterator checks that an iterator over values and errors keeps the rules of this
// project: it can be used once; an error comes last, at most once, and no value with a nil
// error follows; it does not call yield again after yield returned false; and what is behind
// it is closed on every path, also when the loop is left early or panics.
//
// open makes a fresh iterator for each check, and a func that reports whether what is behind
// it is closed; nil skips that. The iterator must yield at least two elements.
func TestIterator[T any](t *testing.T, open func() (seq iter.Seq2[T, error], closed func() bool)) {
	t.Helper()
	total := 0
	t.Run("whole", func(t *testing.T) {
		seq, closed := open()
		failed := false
		for _, err := range seq {
			if failed {
				t.Error("something came after the error")
			}
			failed = failed || err != nil
			total++
		}
		if total < 2 {
			t.Fatalf("%d elements are too few to check the rules with", total)
		}
		checkClosed(t, closed)
		checkUsed(t, seq)
	})
	for n := 1; n <= total; n++ {
		seq, closed := open()
		calls := 0
		// Called as a function: a range loop would turn a second call into a panic.
		seq(func(T, error) bool {
			calls++
			return calls < n
		})
		if calls != n {
			t.Errorf("yield was called %d times, though it returned false at call %d", calls, n)
		}
		checkClosed(t, closed)
		checkUsed(t, seq)
	}
	t.Run("panic", func(t *testing.T) {
		seq, closed := open()
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic of the loop was swallowed")
				}
			}()
			for range seq { //nolint:errcheck // the loop does not get to the error
				panic("from the loop") //nolint:forbidigo // it is what the check is about
			}
		}()
		checkClosed(t, closed)
	})
}

func checkClosed(t *testing.T, closed func() bool) {
	t.Helper()
	if closed != nil && !closed() {
		t.Error("what is behind the iterator is not closed")
	}
}

// checkUsed reads again what was read already: only an error may come.
func checkUsed[T any](t *testing.T, seq iter.Seq2[T, error]) {
	t.Helper()
	errs, values := 0, 0
	for _, err := range seq {
		if err == nil {
			values++
		} else {
			errs++
		}
	}
	if errs != 1 || values != 0 {
		t.Errorf("a used iterator yielded %d values and %d errors, want one error", values, errs)
	}
}

package retry

// Plan 9 has no numbers for errors of connections; their texts are classified.

func resetErrors() []error   { return nil }
func refusedErrors() []error { return nil }
func droppedErrors() []error { return nil }

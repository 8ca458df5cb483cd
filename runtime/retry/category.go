package retry

// Category groups failures by what can be done about them.
type Category string

// The categories.
const (
	CategoryNetwork   Category = "network"   // the connection failed; retries are free
	CategoryTransient Category = "transient" // the server was busy or slow; retries are free
	CategoryModel     Category = "model"     // the model or its stream failed; retries count
	CategoryContent   Category = "content"   // the reply was not acceptable; retries count
	CategoryProvider  Category = "provider"  // the call as a whole ended: aborted or out of models
	CategoryFatal     Category = "fatal"     // trying again does not help
	CategoryInternal  Category = "internal"  // the program or the runtime is at fault
)

// Retryable reports whether failures of this category are worth another try at all.
func (c Category) Retryable() bool {
	switch c {
	case CategoryNetwork, CategoryTransient, CategoryModel, CategoryContent:
		return true
	case CategoryProvider, CategoryFatal, CategoryInternal:
		return false
	}
	return false
}

// Counts reports whether retries after such failures use up [Config.Attempts]. Those that do
// not are limited by [Config.MaxRetries] alone.
func (c Category) Counts() bool {
	return c == CategoryModel || c == CategoryContent || c == CategoryProvider
}

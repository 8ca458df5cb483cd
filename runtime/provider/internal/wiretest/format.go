package wiretest

import (
	"net/http"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Key is the key that requests carry.
const Key = "key-that-must-not-be-seen"

// Format says how a provider's server speaks, as far as the traps need it. Events are whole:
// they end with an empty line.
type Format struct {
	// Provider returns a provider for a server.
	Provider func(url string, client *http.Client) l0.Provider
	// Start comes before the text.
	Start string
	// Text returns the event for a piece of text.
	Text func(text string) string
	// End says that the reply is complete, with the token counts 10 and 5.
	End string
	// Partial are beginnings of End after which a reply is not complete.
	Partial []string
	// Error is an event that reports an overloaded server, and Status what it stands for.
	Error  string
	Status int
	// Whole is a reply to "Hi" that is not streamed, empty if there is no such thing.
	Whole string
}

// Conform runs every trap of real servers against a provider.
func (f Format) Conform(t *testing.T) {
	t.Run("ends", f.ends)
	t.Run("bodies", f.bodies)
	t.Run("errors in the stream", f.streamErrors)
	t.Run("errors instead of it", f.statusErrors)
	t.Run("framing", f.framing)
	t.Run("ending early", f.endingEarly)
	t.Run("connections", f.connections)
}

// provider returns a provider whose server answers with handler.
func (f Format) provider(tb testing.TB, handler http.HandlerFunc) (l0.Provider, *Server) {
	tb.Helper()
	s := Serve(tb, handler)
	return f.Provider(s.URL, s.Client()), s
}

func (f Format) call(tb testing.TB, handler http.HandlerFunc) (Reply, error) {
	tb.Helper()
	p, _ := f.provider(tb, handler)
	return Call(tb, p, NewRequest())
}

// NewRequest returns a request for text.
func NewRequest() *l0.Request {
	return &l0.Request{
		Function: "Greet",
		Model:    l0.Model{Name: "main", ID: "model-1"},
		APIKey:   Key,
		Messages: []l0.Message{l0.SystemMessage("Be brief."), l0.UserMessage("Hello!")},
	}
}

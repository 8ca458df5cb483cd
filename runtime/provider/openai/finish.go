package openai

import (
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

// finish returns the finish reason that a server's word stands for. A word that says that the
// server gave up is an error, so that half a reply is never taken for a whole one.
func (d *decoder) finish(word string) (l0.FinishReason, error) {
	switch word {
	case "":
		return "", nil
	case "stop", "eos", "eos_token", "end_turn", "stop_sequence", "COMPLETE":
		if d.refused {
			return l0.FinishContentFilter, nil
		}
		return l0.FinishStop, nil
	case "length", "max_tokens", "model_length":
		return l0.FinishLength, nil
	case "content_filter", "safety", "refusal":
		return l0.FinishContentFilter, nil
	case "tool_calls", "function_call", "tool_use":
		if d.forced {
			return l0.FinishStop, nil
		}
		return l0.FinishTool, nil
	case "error", "insufficient_system_resource", "abort", "cancelled":
		e := wire.EventError([]byte("{}"))
		e.Type, e.StatusCode = word, 503
		e.Message = "the server ended the reply with the finish reason " + word
		return "", e
	}
	return l0.FinishReason(word), nil
}

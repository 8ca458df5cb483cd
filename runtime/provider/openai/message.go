package openai

import (
	"fmt"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

// message is one turn of the conversation. Its content is a text or a list of parts.
type message struct {
	Role    l0.Role `json:"role"`
	Content any     `json:"content"`
}

func messages(msgs []l0.Message) ([]message, error) {
	out := make([]message, len(msgs))
	for i, m := range msgs {
		out[i].Role = m.Role
		if !hasMedia(m) {
			out[i].Content = m.Content() // every server takes a text, and not every one takes parts
			continue
		}
		parts, err := wire.Parts(m, textPart, mediaPart)
		if err != nil {
			return nil, err
		}
		out[i].Content = parts
	}
	return out, nil
}

func hasMedia(m l0.Message) bool {
	for _, p := range m.Parts {
		if p.Media != nil {
			return true
		}
	}
	return false
}

type object = map[string]any

func textPart(text string) any { return object{"type": "text", "text": text} }

// mediaPart returns the part for an image, a sound or a file.
func mediaPart(m wire.Medium) (any, error) {
	switch m.Kind() {
	case "image":
		return object{"type": "image_url", "image_url": object{"url": m.Address()}}, nil
	case "audio":
		format, err := audioFormat(m)
		return object{"type": "input_audio", "input_audio": object{"data": m.Base64, "format": format}}, err
	}
	if m.Base64 == "" {
		return nil, fmt.Errorf("a file of type %s cannot be given by its address: give its bytes", m.Type)
	}
	return object{"type": "file", "file": object{"filename": fileName(m.Type), "file_data": m.Address()}}, nil
}

func audioFormat(m wire.Medium) (string, error) {
	if m.Base64 == "" {
		return "", fmt.Errorf("a sound cannot be given by its address: give its bytes")
	}
	switch format := strings.TrimPrefix(strings.TrimPrefix(m.Type, "audio/"), "x-"); format {
	case "wav", "wave", "vnd.wave":
		return "wav", nil
	case "mpeg", "mp3", "mpeg3":
		return "mp3", nil
	default:
		return format, nil // some servers take more than OpenAI, which says so if it does not
	}
}

// fileName returns a name for a file that has none: the API demands one.
func fileName(kind string) string {
	_, extension, _ := strings.Cut(kind, "/")
	if extension == "plain" {
		extension = "txt"
	}
	return "file." + extension
}

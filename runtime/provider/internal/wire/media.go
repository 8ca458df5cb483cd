package wire

import (
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Medium is a checked [l0.Media] as a request needs it.
type Medium struct {
	// Type is the MIME type without parameters, in lower case. It may be empty beside URL.
	Type string
	// Base64 is the content, empty beside URL.
	Base64 string
	// URL is where the content is.
	URL string
}

// NewMedium checks and encodes m. A data URL is taken apart like content.
func NewMedium(m l0.Media) (Medium, error) {
	if err := m.Check(); err != nil {
		return Medium{}, err
	}
	out := Medium{URL: m.URL}
	if m.Type != "" {
		kind, _, err := mime.ParseMediaType(m.Type)
		if err != nil {
			return Medium{}, errors.New("media type is not a MIME type")
		}
		out.Type = kind
	}
	if len(m.Bytes) > 0 {
		out.Base64 = base64.StdEncoding.EncodeToString(m.Bytes)
	}
	if rest, ok := strings.CutPrefix(m.URL, "data:"); ok {
		head, data, ok := strings.Cut(rest, ";base64,")
		if !ok {
			return Medium{}, errors.New("media url is a data URL that is not base64")
		}
		kind, _, _ := strings.Cut(head, ";")
		out = Medium{Type: firstOf(out.Type, strings.ToLower(kind)), Base64: data}
	}
	return out, nil
}

// Kind returns the first part of the type, such as image. Beside a URL without a type it
// returns image, which is what such addresses are used for.
func (m Medium) Kind() string {
	if m.Type == "" {
		return "image"
	}
	kind, _, _ := strings.Cut(m.Type, "/")
	return kind
}

// Address returns the URL of the content, a data URL if it is sent along.
func (m Medium) Address() string {
	if m.Base64 == "" {
		return m.URL
	}
	return "data:" + m.Type + ";base64," + m.Base64
}

// Parts returns the content of a message piece by piece: its text first, then its parts.
// Empty text is left out.
func Parts(m l0.Message, text func(string) any, media func(Medium) (any, error)) ([]any, error) {
	parts := []any{} // a message without content has an empty list, not null
	if m.Text != "" {
		parts = append(parts, text(m.Text))
	}
	for i, p := range m.Parts {
		if p.Text != "" {
			parts = append(parts, text(p.Text))
		}
		if p.Media == nil {
			continue
		}
		medium, err := NewMedium(*p.Media)
		if err != nil {
			return nil, fmt.Errorf("part %d of a message with role %s: %w", i+1, m.Role, err)
		}
		part, err := media(medium)
		if err != nil {
			return nil, fmt.Errorf("part %d of a message with role %s: %w", i+1, m.Role, err)
		}
		parts = append(parts, part)
	}
	return parts, nil
}

package l0

import (
	"bytes"
	"errors"
	"mime"
	"net/url"
)

// Media is an image, a sound or a file that goes into a prompt: its bytes, or an address
// where the provider finds it. Exactly one of Bytes and URL is set. As JSON it is an object
// with the fields type, bytes (base64) and url.
type Media struct {
	// Type is the MIME type, such as image/png. It may be empty beside a URL.
	Type string `json:"type,omitzero"`
	// Bytes is the content.
	Bytes []byte `json:"bytes,omitzero"`
	// URL is where the content is.
	URL string `json:"url,omitzero"`
}

// Check returns what is wrong with m, nil if nothing is. It looks at the fields only and
// never opens the address. The error does not quote the content.
func (m Media) Check() error {
	switch {
	case len(m.Bytes) == 0 && m.URL == "":
		return errors.New("media has neither bytes nor url")
	case len(m.Bytes) > 0 && m.URL != "":
		return errors.New("media has both bytes and url")
	case len(m.Bytes) > 0 && m.Type == "":
		return errors.New("media with bytes needs a type, such as image/png")
	}
	if m.Type != "" {
		if _, _, err := mime.ParseMediaType(m.Type); err != nil {
			return errors.New("media type is not a MIME type")
		}
	}
	if m.URL != "" {
		u, err := url.Parse(m.URL)
		if err != nil || u.Scheme == "" {
			return errors.New("media url is not an absolute URL")
		}
	}
	return nil
}

// Equal reports whether m and o are the same, field for field.
func (m Media) Equal(o Media) bool {
	return m.Type == o.Type && m.URL == o.URL && bytes.Equal(m.Bytes, o.Bytes)
}

package wire

import (
	"errors"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// hidden stands for a secret in the text of a server that quotes what it was sent.
const hidden = "[secret]"

// scrub takes the secrets out of a provider's error.
func (c *Call) scrub(err error) error {
	failed, ok := errors.AsType[*l0.ProviderError](err)
	if !ok {
		return err
	}
	for _, secret := range c.Secrets {
		if secret == "" {
			continue
		}
		failed.Message = strings.ReplaceAll(failed.Message, secret, hidden)
		failed.Type = strings.ReplaceAll(failed.Type, secret, hidden)
		failed.Code = strings.ReplaceAll(failed.Code, secret, hidden)
	}
	return err
}

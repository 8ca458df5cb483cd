package wire

import (
	"fmt"
	"net/url"
	"strings"
)

// Address returns where requests go: path below base. A base that already ends with the path
// is taken as it is, and its query is kept.
func Address(base, path string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("the base URL %q is not an absolute http or https URL", withoutSecrets(u, base))
	}
	if !strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), "/"+strings.TrimPrefix(path, "/")) {
		u = u.JoinPath(path)
	}
	u.Fragment = ""
	return u.String(), nil
}

// withoutSecrets drops the parts of an address that may hold a key.
func withoutSecrets(u *url.URL, base string) string {
	if u == nil {
		base, _, _ = strings.Cut(base, "?")
		if i := strings.LastIndexByte(base, '@'); i >= 0 {
			base = base[i+1:]
		}
		return base
	}
	clean := url.URL{Scheme: u.Scheme, Opaque: u.Opaque, Host: u.Host, Path: u.Path}
	return clean.String()
}

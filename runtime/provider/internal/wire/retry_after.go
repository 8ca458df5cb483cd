package wire

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter keeps absurd headers from overflowing. Whether to wait that long is a matter
// for the retry policy.
const maxRetryAfter = 365 * 24 * time.Hour

// retryAfter returns how long a server asks to wait: by retry-after-ms, else by Retry-After in
// seconds or as a date. A date is compared with the clock of the server if it sent one, so
// that a wrong clock here does not matter. Zero is no wish.
func retryAfter(h http.Header) time.Duration {
	if wait := inUnit(h.Get("Retry-After-Ms"), time.Millisecond); wait > 0 {
		return wait
	}
	value := h.Get("Retry-After")
	if wait := inUnit(value, time.Second); wait > 0 {
		return wait
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(date.Sub(now), 0), maxRetryAfter)
}

func inUnit(value string, unit time.Duration) time.Duration {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsNaN(n) || n <= 0 {
		return 0
	}
	return time.Duration(min(n*float64(unit), float64(maxRetryAfter)))
}

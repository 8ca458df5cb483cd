// Package uuid7 makes UUIDs of version 7 (RFC 9562): the time in milliseconds, so that they
// sort by their creation, and 74 bits that tell those of one millisecond apart.
//
// Package l0 names calls by them. It parses none.
package uuid7

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// New returns the UUID of a moment, in its usual form of 36 characters. The first twelve of
// its free bits are the part of the millisecond, so that it sorts within one too; the rest is
// random. Moments before 1970 count as 1970. It is safe for concurrent use.
func New(now time.Time) string {
	var id [16]byte
	rand.Read(id[8:]) // it never fails, by its contract
	ms := max(now.UnixMilli(), 0)
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	part := now.Nanosecond() % 1e6 * 4096 / 1e6
	id[6] = 0x70 | byte(part>>8) // the version
	id[7] = byte(part)
	id[8] = 0x80 | id[8]&0x3f // the variant

	var text [36]byte
	hex.Encode(text[:8], id[:4])
	hex.Encode(text[9:13], id[4:6])
	hex.Encode(text[14:18], id[6:8])
	hex.Encode(text[19:23], id[8:10])
	hex.Encode(text[24:], id[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}

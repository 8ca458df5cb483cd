// Package jsonscan reads the few fields that are wanted out of a JSON text without building
// a tree of it.
//
// A [Scanner] goes forward through one text. It accepts what encoding/json accepts and reads
// strings as encoding/json does, whatever the order of the keys, with unknown members skipped
// but checked. A value of another kind than asked for is skipped and reads as zero, so that
// null and surprises of a server need no code. The providers read their events with it.
package jsonscan

// Package jsonpush reads JSON that comes in pieces. A [Parser] is fed text as it arrives, cut
// anywhere, even inside an escape or a UTF-8 sequence, and calls a [Handler] for each event:
// an object begins, a key, a piece of a string, a number and so on. It never looks at a byte
// twice (but for a few at a cut) and allocates nothing once its buffers have grown.
//
// The grammar is RFC 8259, strictly: the parser accepts what [encoding/json.Valid] accepts,
// but for limits on depth and size. Text that is not UTF-8, and halves of surrogate pairs,
// become U+FFFD inside strings, as in encoding/json. Anything else that is wrong is an [Error]
// with its exact offset, at the first byte that no JSON text could have there.
//
// It is not a decoder, and it repairs nothing. Whatever looks at a reply while it is written
// hangs on it as a Handler: checks of structure look at the error alone, partial values and
// checks by schema at the events, and [Tee] feeds several of them. A layer that is more
// lenient stands in front: it feeds the parser repaired text, or calls the same Handler with
// events of its own, so that nothing behind it has to know.
package jsonpush

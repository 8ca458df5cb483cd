// Package overlap removes what a model repeats when it continues a text that was cut off.
//
// Such a continuation often begins with the end of what is already there. A [Remover] reads
// it as it streams in, holds text back only while it may still be a repetition, and releases
// what is new. The run loop of package l0 makes one for each attempt that continues a text.
package overlap

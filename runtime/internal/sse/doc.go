// Package sse reads server-sent events, the format in which model servers stream.
//
// It cuts a stream into events and nothing more: it does not reconnect, keeps no event ids
// and does not look into the data. The providers read their streams with it.
package sse

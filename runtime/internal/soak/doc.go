// Package soak holds a test that makes very many calls through the real providers, over real
// HTTP, against a simulated server with every fault it knows, and checks each byte of each reply
// against what the server sent.
//
// What a call does is drawn from its seed, so that a call that failed can be made again:
//
//	SOAKSEED=123 go test ./runtime/internal/soak
//
// SOAKTIME or SOAKCALLS say how long the test runs. It has no code for others to use; make soak,
// make long and, for two seconds, go test ./... run it.
package soak

package l0test

import (
	"strings"

	"github.com/l0gen/l0gen/runtime/internal/fakejson"
)

// makeUp returns a reply that fits what the request asks for.
func makeUp(req *ServerRequest, seed uint64) Reply {
	seed += (req.seed - 1) * 7919 // replies to several requests should differ
	if !req.JSON {
		return Text(fakejson.Prose(seed))
	}
	schema := req.Schema
	if schema == "" || schema == "null" {
		schema = `{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"]}`
	}
	text, err := fakejson.Value(schema, seed)
	if err != nil {
		return Refuse(errNoValue(strings.TrimSpace(err.Error())))
	}
	return Text(text)
}

// Package wiretest tests providers against real HTTP servers that misbehave as real model
// servers do. Only tests import it.
package wiretest

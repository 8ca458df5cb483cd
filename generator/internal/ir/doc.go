// Package ir is the meaning of a package of specs: its models, types, prompts,
// templates and merged policies, with every name resolved. Each node keeps the
// span that it came from.
//
// It holds no YAML and no Go code. The resolve stage makes it, the check stage
// judges it, the plan and history stages and the interpreter read it.
package ir

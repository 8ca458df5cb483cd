package plan

import (
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// namePrompts names the methods of the client, and reserves the names of the
// input types.
func (n *names) namePrompts(prompts []*ir.Prompt) {
	base := map[*ir.Prompt]string{}
	for _, p := range prompts {
		base[p] = n.orElse(n.explicit(p.GoName, p.Span), exported(p.Name), promptPlace(p), hintGoName)
	}
	owners := map[string]*ir.Prompt{}
	generated := map[string]string{}
	for _, p := range byLength(prompts, func(p *ir.Prompt) string { return base[p] }) {
		name := n.methodName(p, base[p], generated)
		n.methods[p] = name
		if first, taken := owners[name]; taken {
			n.rep.Error(diag.GoNameTaken, p.Span, "prompts %q and %q are both %s in Go", first.Name, p.Name, name).
				Also(first.Span, "prompt %q", first.Name).Hint(hintGoName)
			continue
		}
		owners[name] = p
		for _, suffix := range []string{"Stream", "Messages", "Func"} {
			generated[name+suffix] = promptPlace(p).what
		}
		n.generate(name+"Input", promptPlace(p).what, "", p.Span)
	}
}

// methodName returns a prompt's method name: base, unless generated code or
// a convention of Go has a claim on it.
func (n *names) methodName(p *ir.Prompt, base string, generated map[string]string) string {
	because := ""
	if what, taken := generated[base]; taken {
		because = "generated code has " + base + " for " + what
	} else if isStdMethod(base) {
		because = "Go tools expect a method " + base + " to be that of the standard library"
	}
	switch {
	case because == "":
		return base
	case p.GoName != "":
		n.rep.Error(diag.GoNameTaken, p.Span, "prompt %q cannot be %s in Go: %s", p.Name, base, because).Hint(hintGoName)
		return base
	}
	n.changed(promptPlace(p), base, base+"Prompt", because, hintOverride)
	return base + "Prompt"
}

// isStdMethod reports whether go vet wants methods of a name to have one
// signature, whatever type they belong to.
func isStdMethod(name string) bool {
	switch name {
	case "GobDecode", "GobEncode", "MarshalJSON", "MarshalXML", "ReadByte",
		"ReadRune", "UnmarshalJSON", "UnmarshalXML", "UnreadByte",
		"UnreadRune", "WriteByte":
		return true
	}
	return false
}

// nameModels names the constants of the models.
func (n *names) nameModels(models []*ir.Model) {
	first := map[string]*ir.Model{}
	for _, m := range models {
		p := place{span: m.Span, what: "model " + strconv.Quote(m.Name)}
		name := "Model" + n.orElse("", fragment(m.Name), p, "give the model a name with letters")
		if because := n.meets(name); because != "" && first[name] == nil {
			n.changed(p, name, name+"_", because, hintModel)
			name += "_"
		}
		n.models[m] = name
		if other := first[name]; other != nil {
			n.rep.Error(diag.GoNameTaken, m.Span, "models %q and %q are both %s in Go", other.Name, m.Name, name).
				Also(other.Span, "model %q", other.Name).Hint(hintRename)
			continue
		}
		first[name] = m
		n.generate(name, p.what, "", m.Span)
	}
}

func promptPlace(p *ir.Prompt) place {
	return place{span: p.Span, what: "prompt " + strconv.Quote(p.Name)}
}

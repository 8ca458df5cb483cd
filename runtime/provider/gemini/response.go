package gemini

import (
	l0 "github.com/l0gen/l0gen/runtime"
)

// each calls read with the name of every member of the object that is next; read has to read
// or skip the value. Anything else than an object is skipped.
func (d *decoder) each(read func(key []byte)) {
	if !d.scan.Object() {
		return
	}
	for {
		key, ok := d.scan.Key()
		if !ok {
			return
		}
		read(key)
	}
}

// members reads a response. Only the candidate with index 0 counts.
func (d *decoder) members(chunks []l0.Chunk) (response, []l0.Chunk) {
	s := &d.scan
	var r response
	d.each(func(key []byte) {
		switch string(key) {
		case "candidates":
			if !s.Array() {
				return
			}
			for i := 0; s.More(); i++ {
				chunks = d.candidate(i, &r, chunks)
			}
		case "usageMetadata":
			d.readUsage()
		case "responseId":
			if d.named {
				s.Skip()
				return
			}
			r.id = s.String()
		case "promptFeedback":
			d.each(func(key []byte) {
				if string(key) == "blockReason" {
					r.block = s.String()
					return
				}
				s.Skip()
			})
		case "error":
			raw := s.Raw()
			d.failed = len(raw) > 0 && string(raw) != "null"
		default:
			s.Skip()
		}
	})
	return r, chunks
}

// candidate reads a candidate, whose index is its place unless it says another.
func (d *decoder) candidate(index int, r *response, chunks []l0.Chunk) []l0.Chunk {
	s := &d.scan
	before, tools, finish := len(chunks), d.tools, ""
	d.each(func(key []byte) {
		switch string(key) {
		case "index":
			index = s.Int()
		case "finishReason":
			finish = s.String()
		case "content":
			d.each(func(key []byte) {
				if string(key) != "parts" || !s.Is('[') {
					s.Skip()
					return
				}
				for s.Array(); s.More(); {
					chunks = d.part(chunks)
				}
			})
		default:
			s.Skip()
		}
	})
	if index != 0 {
		d.tools = tools
		return chunks[:before]
	}
	r.finish = finish
	return chunks
}

func (d *decoder) part(chunks []l0.Chunk) []l0.Chunk {
	s := &d.scan
	var p part
	d.each(func(key []byte) {
		switch string(key) {
		case "text":
			p.text = s.String()
		case "thought":
			p.thought = s.Bool()
		case "functionCall":
			p.isCall, p.arguments = true, "{}"
			d.each(func(key []byte) {
				switch string(key) {
				case "id":
					p.id = s.String()
				case "name":
					p.name = s.String()
				case "args":
					p.arguments = string(s.Raw())
				default:
					s.Skip()
				}
			})
		case "inlineData":
			d.each(func(key []byte) {
				switch string(key) {
				case "mimeType":
					p.kind = s.String()
				case "data":
					p.data = s.String()
				default:
					s.Skip()
				}
			})
		default:
			s.Skip()
		}
	})
	return d.appendPart(p, chunks)
}

// readUsage reads token counts. Thoughts are counted apart from the reply by the API.
func (d *decoder) readUsage() {
	s := &d.scan
	var u l0.Usage
	reply := 0
	d.each(func(key []byte) {
		switch string(key) {
		case "promptTokenCount":
			u.InputTokens += s.Int()
		case "toolUsePromptTokenCount":
			u.InputTokens += s.Int()
		case "cachedContentTokenCount":
			u.CachedTokens = s.Int()
		case "candidatesTokenCount":
			reply = s.Int()
		case "thoughtsTokenCount":
			u.ReasoningTokens = s.Int()
		default:
			s.Skip()
		}
	})
	u.OutputTokens = reply + u.ReasoningTokens
	if u == (l0.Usage{}) || d.usage != nil && *d.usage == u {
		return
	}
	fresh := u // only a new count costs an allocation
	d.usage = &fresh
}

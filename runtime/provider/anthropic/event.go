package anthropic

// members reads an event, or the message inside of one.
func (d *decoder) members(e *event) {
	s := &d.scan
	for {
		key, ok := s.Key()
		if !ok {
			return
		}
		switch string(key) {
		case "type":
			e.kind = kindOf(s.Text(), e.kind)
		case "error":
			if raw := s.Raw(); len(raw) > 0 && string(raw) != "null" {
				d.failure = raw
			}
		case "delta":
			d.delta(e)
		case "content_block":
			d.block(&e.block)
		case "message":
			inner := event{}
			if s.Object() {
				d.members(&inner)
			}
			e.counts = e.counts || inner.counts
		case "usage":
			d.readUsage()
			e.counts = true
		case "stop_reason":
			e.stop = s.String()
		case "content":
			d.content(e)
		default:
			s.Skip()
		}
	}
}

// kindOf returns the type of an event without an allocation for those that are known. What
// is not known keeps its place.
func kindOf(text []byte, otherwise string) string {
	for _, kind := range [...]string{
		"content_block_delta", "content_block_start", "content_block_stop", "ping",
		"message_start", "message_delta", "message_stop", "message", "error",
		"text_delta", "text", "tool_use", "input_json_delta", "thinking_delta", "thinking",
	} {
		if string(text) == kind {
			return kind
		}
	}
	return otherwise
}

// content reads the blocks of a message that is not streamed.
func (d *decoder) content(e *event) {
	if !d.scan.Array() {
		return
	}
	for d.scan.More() {
		var b block
		d.block(&b)
		e.whole = append(e.whole, b)
	}
}

// delta reads a piece of a block, or the end of a message.
func (d *decoder) delta(e *event) {
	s := &d.scan
	if !s.Object() {
		return
	}
	for {
		key, ok := s.Key()
		switch {
		case !ok:
			return
		case string(key) == "stop_reason":
			e.stop = s.String()
		default:
			d.blockMember(key, &e.block)
		}
	}
}

func (d *decoder) block(b *block) {
	if !d.scan.Object() {
		return
	}
	for {
		key, ok := d.scan.Key()
		if !ok {
			return
		}
		d.blockMember(key, b)
	}
}

func (d *decoder) blockMember(key []byte, b *block) {
	s := &d.scan
	switch string(key) {
	case "type":
		b.kind = kindOf(s.Text(), b.kind)
	case "text":
		b.text = s.String()
	case "thinking":
		b.thinking = s.String()
	case "partial_json":
		b.arguments = s.String()
	case "id":
		b.id = s.String()
	case "name":
		b.name = s.String()
	case "input":
		b.input = string(s.Raw())
	default:
		s.Skip()
	}
}

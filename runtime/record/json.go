package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// base is what every record has.
type base struct {
	Type     Type           `json:"type"`
	Ts       int64          `json:"ts"` // Unix time in milliseconds
	StreamID string         `json:"streamId"`
	Function string         `json:"function,omitzero"`
	Version  int            `json:"version,omitzero"`
	Context  map[string]any `json:"context"`
}

// MarshalJSON gives one flat object: type, ts (Unix milliseconds), streamId and context, then
// the fields of the detail.
func (r Record) MarshalJSON() ([]byte, error) {
	head, err := json.Marshal(base{r.Type(), r.Time.UnixMilli(), r.StreamID, r.Function, r.Version, orEmpty(r.Context)})
	if err != nil || r.Detail == nil {
		return head, err
	}
	tail, err := json.Marshal(r.Detail)
	if err != nil {
		return nil, err
	}
	if len(tail) <= len("{}") {
		return head, nil
	}
	head[len(head)-1] = ','
	return append(head, tail[1:]...), nil
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// UnmarshalJSON reads what MarshalJSON writes. A type that does not exist is an error; fields
// that do not exist are ignored. Time has the precision of a millisecond.
func (r *Record) UnmarshalJSON(data []byte) error {
	var b base
	if err := json.Unmarshal(data, &b); err != nil {
		return err
	}
	for _, d := range Details() {
		if d.Type() != b.Type {
			continue
		}
		to := reflect.New(reflect.TypeOf(d))
		if err := json.NewDecoder(bytes.NewReader(data)).Decode(to.Interface()); err != nil {
			return fmt.Errorf("record of type %s: %w", b.Type, err)
		}
		detail, _ := reflect.TypeAssert[Detail](to.Elem())
		*r = Record{
			Time: time.UnixMilli(b.Ts), StreamID: b.StreamID, Function: b.Function, Version: b.Version,
			Context: b.Context, Detail: detail,
		}
		return nil
	}
	return fmt.Errorf("there is no record of type %q", b.Type)
}

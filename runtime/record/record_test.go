package record_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
)

// fill sets every field below v to something that is not zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for _, f := range v.Fields() {
			fill(f)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		elem := reflect.New(v.Type().Elem()).Elem()
		fill(elem)
		v.SetMapIndex(reflect.ValueOf("key"), elem)
	case reflect.Interface:
		v.Set(reflect.ValueOf("anything"))
	case reflect.String:
		v.SetString("text \u2028 <é>")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(0.25)
	default:
		v.SetInt(1 << 40)
	}
}

// filled returns a detail of the kind of d with every field set.
func filled(d record.Detail) record.Detail {
	v := reflect.New(reflect.TypeOf(d)).Elem()
	fill(v)
	return v.Interface().(record.Detail)
}

func of(d record.Detail) record.Record {
	return record.Record{
		Time: time.UnixMilli(1_767_225_600_123), StreamID: "0198", Function: "Ask", Version: 3,
		Context: map[string]any{"tenant": "a", "list": []any{1.5, nil, true}}, Detail: d,
	}
}

// object marshals a record and reads it back as plain JSON.
func object(t *testing.T, r record.Record) map[string]any {
	t.Helper()
	text, err := json.Marshal(r)
	require.NoError(t, err)
	var out map[string]any
	require.NoError(t, json.Unmarshal(text, &out))
	return out
}

func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	names, types := map[record.Type]bool{}, map[reflect.Type]bool{}
	for _, d := range record.Details() {
		assert.Regexp(t, `^[A-Z]+(_[A-Z]+)*$`, string(d.Type()))
		assert.False(t, names[d.Type()], d.Type())
		assert.False(t, types[reflect.TypeOf(d)], d.Type())
		names[d.Type()], types[reflect.TypeOf(d)] = true, true
	}
	assert.Len(t, names, 55)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, d := range record.Details() {
		for _, detail := range []record.Detail{filled(d), d} {
			want := of(detail)
			text, err := json.Marshal(want)
			require.NoError(t, err)
			var got record.Record
			require.NoError(t, json.Unmarshal(text, &got), string(text))
			assert.Equal(t, want, got, d.Type())
			again, err := json.Marshal(got)
			require.NoError(t, err)
			assert.Equal(t, string(text), string(again))
		}
	}
}

// A record is one flat object: what every record has, and the fields of its
// detail, none of which hides one of the others.
func TestJSONIsFlat(t *testing.T) {
	t.Parallel()
	for _, d := range record.Details() {
		head := object(t, of(record.StreamInit{}))
		delete(head, "type")
		detail := filled(d)
		text, err := json.Marshal(detail)
		require.NoError(t, err)
		want := map[string]any{}
		require.NoError(t, json.Unmarshal(text, &want))
		assert.Len(t, want, reflect.TypeOf(d).NumField(), "%s: every field has a name of its own", d.Type())
		for name, value := range head {
			assert.NotContains(t, want, name, d.Type())
			want[name] = value
		}
		assert.NotContains(t, want, "type")
		want["type"] = string(d.Type())
		assert.Equal(t, want, object(t, of(detail)), d.Type())
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(of(record.AdapterDetected{AdapterID: "openai"}))
	require.NoError(t, err)
	assert.Equal(t, `{"type":"ADAPTER_DETECTED","ts":1767225600123,"streamId":"0198","function":"Ask","version":3,`+
		`"context":{"list":[1.5,null,true],"tenant":"a"},"adapterId":"openai"}`, string(text))

	got := object(t, record.Record{Time: time.UnixMilli(5).Add(999 * time.Microsecond), Detail: record.StreamReady{}})
	assert.Equal(t, map[string]any{"type": "STREAM_READY", "ts": 5.0, "streamId": "", "context": map[string]any{}}, got,
		"ts in whole milliseconds, context always an object, no function for a call without a spec")
}

func TestUnmarshalErrors(t *testing.T) {
	t.Parallel()
	var r record.Record
	for text, want := range map[string]string{
		`{"type":"NO_SUCH_STEP","ts":1}`: `there is no record of type "NO_SUCH_STEP"`,
		`{"ts":1}`:                       `there is no record of type ""`,
		`{"type":"COMPLETE","ts":1,"tokenCount":"many"}`:  `record of type COMPLETE`,
		`{"type":"COMPLETE","ts":"now"}`:                  `ts`,
		`{"type":"COMPLETE","ts":1,"context":["a", "b"]}`: `context`,
		`{"type":"COMPLETE","ts":1,"state":{"completed":`: `unexpected end`,
	} {
		require.ErrorContains(t, json.Unmarshal([]byte(text), &r), want)
	}
	assert.Zero(t, r, "an error changes nothing")
	require.NoError(t, json.Unmarshal([]byte(`{"type":"COMPLETE","ts":1,"context":{},"tokenCount":2,"later":{"a":[1]}}`), &r))
	assert.Equal(t, record.Complete{TokenCount: 2}, r.Detail, "fields that do not exist are ignored")
}

func TestARecordWithoutADetail(t *testing.T) {
	t.Parallel()
	assert.Empty(t, record.Record{}.Type())
	assert.Contains(t, object(t, record.Record{}), "context")
}

// What cannot be written is an error, not half a record.
func TestMarshalErrors(t *testing.T) {
	t.Parallel()
	_, err := json.Marshal(record.Record{Context: map[string]any{"f": func() {}}})
	require.Error(t, err)
	_, err = json.Marshal(record.Record{Detail: record.ToolResult{Result: make(chan int)}})
	require.Error(t, err)
}

func FuzzUnmarshal(f *testing.F) {
	for _, d := range record.Details() {
		for _, detail := range []record.Detail{d, filled(d)} {
			text, err := json.Marshal(of(detail))
			require.NoError(f, err)
			f.Add(text)
		}
	}
	f.Add([]byte(`{"type":"GUARDRAIL_PHASE_END","violations":null,"context":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var first record.Record
		if json.Unmarshal(text, &first) != nil {
			return
		}
		written, err := json.Marshal(first)
		require.NoError(t, err)
		var second record.Record
		require.NoError(t, json.Unmarshal(written, &second))
		again, err := json.Marshal(second)
		require.NoError(t, err)
		assert.Equal(t, string(written), string(again))
	})
}

func BenchmarkMarshal(b *testing.B) {
	r := of(record.GuardrailPhaseEnd{Phase: record.PhasePost, Violations: []guard.Violation{{Rule: "json", Message: "x"}}})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(r); err != nil {
			b.Fatal(err)
		}
	}
}

package schemas_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/schemas"
)

func recordSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("record.json", bytes.NewReader(schemas.Record)))
	s, err := c.Compile("record.json")
	require.NoError(t, err)
	return s
}

// word is a word of a string type that has only some.
func word(t reflect.Type) string {
	for _, w := range []any{
		record.FailureTimeout, record.StrategyFallback, record.TimeoutInter, record.AbortUser, record.PhasePost, guard.Fatal,
	} {
		if reflect.TypeOf(w) == t {
			return reflect.ValueOf(w).String()
		}
	}
	return "text"
}

// fill sets the fields below v: all of them, or only the words that must be
// some of a list.
func fill(v reflect.Value, all bool) {
	switch v.Kind() {
	case reflect.String:
		if w := word(v.Type()); all || w != "text" {
			v.SetString(w)
		}
	case reflect.Struct:
		for _, f := range v.Fields() {
			fill(f, all)
		}
	}
	if !all {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), all)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), all)
		}
	case reflect.Map:
		elem := reflect.New(v.Type().Elem()).Elem()
		fill(elem, all)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), elem)
	case reflect.Interface:
		v.Set(reflect.ValueOf(1.5))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	}
}

func plain(t *testing.T, v any) map[string]any {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	var out map[string]any
	require.NoError(t, json.Unmarshal(text, &out))
	return out
}

// Every record fits, with all fields and with as few as can be, and the schema
// knows each of its fields.
func TestRecordsFit(t *testing.T) {
	t.Parallel()
	s := recordSchema(t)
	var raw struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(schemas.Record, &raw))
	for _, d := range record.Details() {
		for _, all := range []bool{true, false} {
			v := reflect.New(reflect.TypeOf(d)).Elem()
			fill(v, all)
			r := record.Record{Time: time.UnixMilli(1), StreamID: "0198", Detail: v.Interface().(record.Detail)}
			if all {
				r.Function, r.Version, r.Context = "Ask", 2, map[string]any{"a": []any{1.0}}
			}
			got := plain(t, r)
			require.NoError(t, s.Validate(got), "%s: %v", d.Type(), got)
			def := raw.Defs[reflect.TypeOf(d).Name()]
			for name := range got {
				assert.True(t, raw.Properties[name] != nil || def.Properties[name] != nil, "%s.%s is not in the schema", d.Type(), name)
			}
		}
	}
}

func TestBrokenRecordsFail(t *testing.T) {
	t.Parallel()
	s := recordSchema(t)
	whole := func() map[string]any {
		return plain(t, record.Record{StreamID: "0198", Detail: record.TimeoutTriggered{TimeoutType: record.TimeoutTotal}})
	}
	require.NoError(t, s.Validate(whole()))
	for name, value := range map[string]any{
		"type": "NO_SUCH_STEP", "ts": 1.5, "streamId": 7.0, "context": nil, "timeoutType": "later", "elapsedMs": "long",
	} {
		broken := whole()
		broken[name] = value
		assert.Error(t, s.Validate(broken), "%s: %v", name, value)
		delete(broken, name)
		assert.Error(t, s.Validate(broken), "without %s", name)
	}
	later := whole()
	later["addedLater"] = true
	assert.NoError(t, s.Validate(later))
}

// records keeps what it observes.
type records struct {
	mu   sync.Mutex
	list []record.Record
}

func (r *records) Observe(got record.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, got)
}

// What real calls say fits too: they fail in several ways before they succeed.
func TestRecordsOfCallsFit(t *testing.T) {
	t.Parallel()
	s := recordSchema(t)
	synctest.Test(t, func(t *testing.T) {
		seen := &records{}
		p := l0test.NewProvider("p", l0test.Refuse(syscall.ECONNREFUSED), l0test.Cut("Hello, you"), l0test.Hang("Hello"),
			l0test.Refuse(&l0.ProviderError{StatusCode: 401}), l0test.Text("{}"), l0test.Text(`{"a":1}`),
			l0test.Refuse(errors.New("odd")))
		models := []l0.Model{{Name: "a", Provider: "p", ID: "a"}, {Name: "b", Provider: "p", ID: "b"}}
		b, err := l0.Bind(l0.NewClient(p), &l0.Package{Name: "p", Models: models})
		require.NoError(t, err)
		f := l0.Function[struct{}, map[string]int]{
			Name: "Ask", Models: []l0.ModelName{"a", "b"},
			Render: func(struct{}, string) []l0.Message { return []l0.Message{l0.UserMessage("x")} },
			Schema: `{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}`,
		}
		values := l0.WithValues(map[string]any{"tenant": "a"})
		_, err = l0.Call(t.Context(), b, &f, struct{}{}, l0.WithObserver(seen), l0.WithSessionRecords(), values).Result()
		require.NoError(t, err)
		require.Greater(t, len(seen.list), 40)
		kinds := map[record.Type]bool{}
		for _, r := range seen.list {
			kinds[r.Type()] = true
			require.NoError(t, s.Validate(plain(t, r)), "%+v", r)
		}
		for _, d := range []record.Detail{record.RetryAttempt{}, record.FallbackStart{}, record.TimeoutTriggered{}, record.Error{}, record.Complete{}} {
			assert.True(t, kinds[d.Type()], d.Type())
		}
	})
}

package render_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/runtime/render"
)

func TestBase64(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "aGk/", render.Base64([]byte("hi?")))
	assert.Empty(t, render.Base64(nil))
}

func TestConst(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []int{1, 2}, render.Const[[]int]("[1,2]"))
	assert.Zero(t, render.Const[int](`"x"`))
	assert.Zero(t, render.Const[struct{ A, B int }](`{"A":1,"B":"x"}`), "half a value is none")
}

func TestAndOr(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "b", render.And("a", "b"))
	assert.Equal(t, "", render.And("a", "", "c"))
	assert.Equal(t, 0, render.And(0, 1))
	assert.Equal(t, 7, render.And(7))
	assert.Equal(t, "a", render.Or("a", "b"))
	assert.Equal(t, "c", render.Or("", "", "c"))
	assert.True(t, math.Signbit(render.Or(0, math.Copysign(0, -1))), "the last one, even if it is zero")
}

func TestOptional(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "5", render.Optional(new(int64(5)), render.Int))
	assert.Empty(t, render.Optional(nil, render.Int))
}

func TestDefaultsOfWhatCanBeNil(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []int{1}, render.DefaultSlice([]int{1}, nil))
	assert.Equal(t, []int{}, render.DefaultSlice([]int{1}, []int{}))
	assert.Equal(t, map[string]int{"a": 1}, render.DefaultMap(map[string]int{"a": 1}, nil))
	assert.Equal(t, map[string]int{}, render.DefaultMap(map[string]int{"a": 1}, map[string]int{}))
	assert.Equal(t, 1, render.DefaultAny(1, nil))
	assert.Equal(t, "", render.DefaultAny(1, ""))
}

func TestTruth(t *testing.T) {
	t.Parallel()
	for _, v := range []any{true, 1, 0.5, "x", []any{nil}, map[string]any{"a": nil}, struct{}{}, new(int)} {
		assert.True(t, render.Truth(v), "%v", v)
	}
	for _, v := range []any{nil, false, 0, 0.0, "", []any{}, map[string]any{}, (*int)(nil)} {
		assert.False(t, render.Truth(v), "%v", v)
	}
}

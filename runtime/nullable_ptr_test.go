package l0_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

func TestNullablePtr(t *testing.T) {
	t.Parallel()
	assert.Nil(t, l0.Nullable[int]{}.Ptr())
	assert.Nil(t, l0.Null[int]().Ptr())
	n := l0.NullableOf(3)
	require.NotNil(t, n.Ptr())
	*n.Ptr() = 4
	assert.Equal(t, 3, *n.Ptr(), "the pointer is to a copy")
}

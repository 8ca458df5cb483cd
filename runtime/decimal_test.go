package l0_test

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

func decimal(tb testing.TB, s string) l0.Decimal {
	tb.Helper()
	d, err := l0.ParseDecimal(s)
	require.NoError(tb, err)
	return d
}

func TestDecimalCmp(t *testing.T) {
	t.Parallel()
	// In ascending order; a row holds the same number in different text.
	rows := [][]string{
		{"-1e1000000000"},
		{"-1000", "-1e3", "-1.000E+3"},
		{"-12.5", "-125e-1"},
		{"-12"},
		{"-0.1"},
		{"-1e-1000000000"},
		{"0", "-0", "0.0", "0e5", "0E-7", "0e00000000000000000000000000001"},
		{"1e-1000000000"},
		{"0.1", "1e-1", "0.100", "100e-3"},
		{"0.10000000000000000000000000000000000000001"},
		{"1", "1.0", "10e-1", "0.001e3"},
		{"9"},
		{"10", "1e1"},
		{"11"},
		{"9007199254740993"},
		{"9007199254740994"},
		{"1e1000000000", "10e999999999"},
		{"1.00000000000000000001e1000000000"},
	}
	for i, a := range rows {
		for j, b := range rows {
			for _, x := range a {
				for _, y := range b {
					want := 0
					if i != j {
						want = map[bool]int{true: -1, false: 1}[i < j]
					}
					assert.Equal(t, want, decimal(t, x).Cmp(decimal(t, y)), "%s to %s", x, y)
					assert.Equal(t, want == 0, decimal(t, x).Equal(decimal(t, y)))
				}
			}
		}
	}
	assert.True(t, l0.Decimal{}.Equal(decimal(t, "0.00")))
	assert.Equal(t, "0", l0.Decimal{}.String())
}

func TestDecimalSyntax(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"", "-", "+1", "01", "-01", ".5", "1.", "1e", "1e+", "1.e3", "0x1", "1_000", "NaN", "Infinity", " 1", "1 ", "1,5",
		"1e100000000000000000000", "١", "--1", "1e1.5",
	} {
		_, err := l0.ParseDecimal(bad)
		assert.Error(t, err, "%q", bad)
	}
	var d l0.Decimal
	require.Error(t, json.Unmarshal([]byte(`"1"`), &d), "a string is no number")
	require.Error(t, json.Unmarshal([]byte(`true`), &d))
	require.NoError(t, json.Unmarshal([]byte(` 1.00 `), &d))
	assert.Equal(t, "1.00", d.String(), "zeros are kept")
	require.NoError(t, json.Unmarshal([]byte(`null`), &d))
	assert.Equal(t, "1.00", d.String(), "null changes nothing")
}

func TestDecimalConversions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "1.0": 1, "1e3": 1000, "-12": -12,
		"9223372036854775807": 9223372036854775807, "-9223372036854775808": -9223372036854775808,
		"92233720368547758.07e2": 9223372036854775807,
	} {
		n, ok := decimal(t, text).Int64()
		assert.True(t, ok, text)
		assert.Equal(t, want, n, text)
	}
	for _, text := range []string{"0.5", "1e-1", "9223372036854775808", "-9223372036854775809", "1e1000000000", "1e-1000000000"} {
		_, ok := decimal(t, text).Int64()
		assert.False(t, ok, text)
	}
	f, err := decimal(t, "0.1").Float64()
	require.NoError(t, err)
	assert.InDelta(t, 0.1, f, 0)
	_, err = decimal(t, "1e1000000000").Float64()
	require.Error(t, err)
	assert.Equal(t, -1, decimal(t, "-0.001").Sign())
	assert.Equal(t, 0, decimal(t, "-0.000").Sign())
}

// Against math/big, where numbers are small enough for it.
func TestDecimalAgainstRat(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	number := func() string {
		s := strconv.Itoa(random.IntN(2000) - 1000)
		if random.IntN(2) == 0 {
			s += "." + strconv.Itoa(random.IntN(100))
		}
		if random.IntN(3) == 0 {
			s += "e" + strconv.Itoa(random.IntN(8)-4)
		}
		return s
	}
	for range 20000 {
		a, b := number(), number()
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		require.Equal(t, x.Cmp(y), decimal(t, a).Cmp(decimal(t, b)), "%s to %s", a, b)
		n, whole := decimal(t, a).Int64()
		require.Equal(t, x.IsInt(), whole, a)
		if whole {
			require.Equal(t, x.Num().Int64(), n)
		}
	}
}

func TestDecimalSorts(t *testing.T) {
	t.Parallel()
	list := []l0.Decimal{decimal(t, "2"), decimal(t, "-1"), decimal(t, "1.5")}
	slices.SortFunc(list, l0.Decimal.Cmp)
	assert.Equal(t, "-1 1.5 2", list[0].String()+" "+list[1].String()+" "+list[2].String())
}

func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1.50e-7", "1e99999999999999999", "01", "1e+5", "9999999999999999999999.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := l0.ParseDecimal(s)
		isNumber := json.Valid([]byte(s)) && s != "" && (s[0] == '-' || s[0] >= '0' && s[0] <= '9')
		if err != nil {
			return
		}
		if !isNumber {
			t.Fatalf("%q was accepted", s)
		}
		data, err := json.Marshal(d)
		if err != nil || string(data) != s {
			t.Fatalf("%q became %s (%v)", s, data, err)
		}
		var back l0.Decimal
		if err := json.Unmarshal(data, &back); err != nil || !back.Equal(d) || back.Cmp(d) != 0 {
			t.Fatalf("%q came back as %s (%v)", s, back, err)
		}
		_, _ = d.Int64()
		_, _ = d.Float64()
		if d.Sign() != -decimal(t, negate(s)).Sign() {
			t.Fatalf("the sign of %q", s)
		}
	})
}

func negate(s string) string {
	if s[0] == '-' {
		return s[1:]
	}
	return "-" + s
}

package l0_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

func TestDate(t *testing.T) {
	t.Parallel()
	d, err := l0.ParseDate("2024-02-29")
	require.NoError(t, err)
	assert.Equal(t, l0.Date{Year: 2024, Month: time.February, Day: 29}, d)
	assert.Equal(t, "2024-03-01", d.AddDays(1).String())
	assert.Equal(t, "2023-12-31", d.AddDays(-60).String())
	assert.Equal(t, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), d.In(nil))
	assert.True(t, d.Before(d.AddDays(1)))
	assert.True(t, d.After(d.AddDays(-1)))
	assert.Zero(t, d.Compare(d))
	for _, bad := range []string{"", "2023-02-29", "2024-2-29", "24-02-29", "2024-13-01", "2024-02-29T00:00:00Z", " 2024-02-29"} {
		_, err := l0.ParseDate(bad)
		assert.Error(t, err, "%q", bad)
	}
	_, err = json.Marshal(l0.Date{})
	require.Error(t, err, "the zero value is no day")
	var back l0.Date
	require.Error(t, json.Unmarshal([]byte(`20240229`), &back))
	require.NoError(t, json.Unmarshal([]byte(`"0000-01-01"`), &back))
	assert.True(t, back.Valid())
}

func FuzzDate(f *testing.F) {
	f.Add("2024-02-29")
	f.Add("0000-01-01")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := l0.ParseDate(s)
		if err != nil {
			return
		}
		if d.String() != s || !d.Valid() {
			t.Fatalf("%q became %s", s, d)
		}
		data, err := json.Marshal(d)
		var back l0.Date
		if err != nil || json.Unmarshal(data, &back) != nil || back != d {
			t.Fatalf("%q came back as %s", s, back)
		}
	})
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		canonical string
		std       time.Duration
		fails     bool
	}{
		"PT0S":                    {"PT0S", 0, false},
		"P0D":                     {"PT0S", 0, false},
		"P1DT2H30M":               {"P1DT2H30M", 26*time.Hour + 30*time.Minute, false},
		"p01dt002h":               {"P1DT2H", 26 * time.Hour, false},
		"PT90M":                   {"PT90M", 90 * time.Minute, false},
		"PT1,50S":                 {"PT1.5S", 1500 * time.Millisecond, false},
		"PT0.0000000019S":         {"PT0.0000000019S", time.Nanosecond, false},
		"P2W":                     {"P2W", 14 * 24 * time.Hour, false},
		"P1M":                     {"P1M", 0, true},
		"P1Y2M3DT4H5M6S":          {"P1Y2M3DT4H5M6S", 0, true},
		"PT99999999999999999999S": {"PT99999999999999999999S", 0, true},
		"PT9223372036S":           {"PT9223372036S", 9223372036 * time.Second, false},
		"PT9223372037S":           {"PT9223372037S", 0, true},
		"P106751DT23H47M17S":      {"P106751DT23H47M17S", 0, true},
	} {
		d, err := l0.ParseDuration(text)
		require.NoError(t, err, text)
		assert.Equal(t, want.canonical, d.String(), text)
		std, err := d.Std()
		assert.Equal(t, want.fails, err != nil, "%s: %v", text, err)
		assert.Equal(t, want.std, std, text)
	}
	for _, bad := range []string{"", "P", "PT", "1D", "-P1D", "P1D2Y", "P1H", "PT1D", "P1.5D", "PT1.S", "PT.5S", "P1DT", "PT1S ", "PT1M1M", "P1", "PT1ſ", "P1DTT1S"} {
		_, err := l0.ParseDuration(bad)
		assert.Error(t, err, "%q", bad)
	}
	zero, err := l0.ParseDuration("PT0S")
	require.NoError(t, err)
	assert.Equal(t, l0.Duration{}, zero, "the zero value is a duration of nothing")

	d, err := l0.DurationOf(26*time.Hour + 1500*time.Millisecond)
	require.NoError(t, err)
	assert.Equal(t, "PT26H1.5S", d.String())
	_, err = l0.DurationOf(-1)
	require.Error(t, err)
	var out struct{ D l0.Duration }
	require.NoError(t, json.Unmarshal([]byte(`{"D":"PT2H0M"}`), &out))
	assert.Equal(t, "PT2H", out.D.String())
	require.Error(t, json.Unmarshal([]byte(`{"D":7200}`), &out))
	require.Error(t, json.Unmarshal([]byte(`{"D":"soon"}`), &out))
}

func FuzzDuration(f *testing.F) {
	f.Add("P1Y2M3W4DT5H6M7.89S", int64(0))
	f.Add("PT0S", int64(1))
	f.Add("P1D", int64(1<<62))
	f.Fuzz(func(t *testing.T, s string, n int64) {
		if d, err := l0.ParseDuration(s); err == nil {
			again, err := l0.ParseDuration(d.String())
			if err != nil || again != d {
				t.Fatalf("%q became %s, then %s (%v)", s, d, again, err)
			}
			_, _ = d.Std()
		}
		d, err := l0.DurationOf(time.Duration(n))
		if (err != nil) != (n < 0) {
			t.Fatalf("DurationOf(%d): %v", n, err)
		}
		if std, err2 := d.Std(); err == nil && (err2 != nil || std != time.Duration(n)) {
			t.Fatalf("%d became %s, then %d (%v)", n, d, std, err2)
		}
	})
}

package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestScreen lets texts grow and lose their end at random, and wants to see what a terminal would
// show that was never told of the rest.
func TestScreen(t *testing.T) {
	t.Parallel()
	const alphabet = "abc de  fg\nhü 世界 한국… 👍👩‍👧é"
	letters := []rune(alphabet)
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		w := window{columns: 20 + random.IntN(30), rows: 40}
		vt := newTerminal(w)
		before := "what stood there"
		_, err := vt.Write([]byte(before + "\n"))
		require.NoError(t, err)
		v := newView(vt, w)
		text := ""
		for range 60 {
			if random.IntN(8) == 0 {
				text = text[:random.IntN(len(text)+1)] // may leave half a character, as pieces may
			} else {
				text += piece(random, letters)
			}
			v.show(text)
			want := before + "\n" + strings.Join(wrap(printable(text), w.columns-1), "\n")
			require.Equal(t, want, vt.text(), "seed %d", seed)
		}
	}
}

// piece returns up to five of the letters.
func piece(random *rand.Rand, letters []rune) string {
	p := make([]rune, random.IntN(6))
	for i := range p {
		p[i] = letters[random.IntN(len(letters))]
	}
	return string(p)
}

// TestScreenOutOfReach takes back more than there is on the screen.
func TestScreenOutOfReach(t *testing.T) {
	t.Parallel()
	w := window{columns: 20, rows: 5}
	vt := newTerminal(w)
	v := newView(vt, w)
	v.show(strings.Repeat("one row\n", 12))
	v.show("")
	v.show("anew")
	assert.True(t, strings.HasSuffix(vt.text(), "\n[the stream was cut;\n starting again]\nanew"), vt.text())
	assert.Equal(t, 12, strings.Count(vt.text(), "one row"))
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{""}},
		{"a\n", []string{"a", ""}},
		{"one two three", []string{"one two", "three"}},
		{"one two  ", []string{"one two"}},
		{"exactly8 one", []string{"exactly8", "one"}},
		{"unbreakable", []string{"unbreaka", "ble"}},
		{"a unbreakable", []string{"a", "unbreaka", "ble"}},
		{"世界世界世界", []string{"世界世界", "世界"}},
		{"a 世界世界", []string{"a", "世界世界"}},
		{"  in", []string{"  in"}},
	} {
		assert.Equal(t, c.want, wrap(c.text, 8), c.text)
	}
}

// TestPrintable keeps a reply from giving orders to the terminal.
func TestPrintable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	newView(&out, window{}).show("a\x1b[2J\tb\r\nc\u009b7m")
	assert.Equal(t, "a[2J b\nc7m", out.String())
}

func TestWindowOfAFile(t *testing.T) {
	t.Parallel()
	f := file(t)
	assert.False(t, windowOf(f).known())
}

func file(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, f.Close()) })
	return f
}

package overlap_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/internal/overlap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// char is a character of a text as it is compared, and where it ends.
type char struct {
	text string
	end  int
}

func chars(text string, o overlap.Options) (out []char) {
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		one := text[i : i+size]
		i += size
		if o.CollapseSpace && unicode.IsSpace(c) {
			one = " "
			if n := len(out); n > 0 && out[n-1].text == " " {
				out[n-1].end = i
				continue
			}
		}
		out = append(out, char{one, i})
	}
	return out
}

// find is the plain definition: the longest overlap, by comparing all. It returns its length
// in bytes of the continuation.
func find(checkpoint, continuation string, o overlap.Options) int {
	if o.MinOverlap == 0 {
		o.MinOverlap = 2
	}
	if o.MaxOverlap == 0 {
		o.MaxOverlap = 500
	}
	before, after := chars(checkpoint, o), chars(continuation, o)
	for n := min(len(before), len(after), o.MaxOverlap); n >= o.MinOverlap; n-- {
		same := true
		for i := range n {
			a, b := before[len(before)-n+i].text, after[i].text
			same = same && (a == b || o.IgnoreCase && utf8.ValidString(a) && utf8.ValidString(b) && strings.EqualFold(a, b))
		}
		if same {
			return after[n-1].end
		}
	}
	return 0
}

// stream feeds the pieces and returns all that is released, and the most that was held.
func stream(r *overlap.Remover, pieces []string) (released string, held int) {
	var out strings.Builder
	in := 0
	for _, p := range pieces {
		text, settled := r.Feed(p)
		out.WriteString(text)
		in += len(p)
		if !settled {
			held = max(held, in)
		}
	}
	out.WriteString(r.Flush())
	return out.String(), held
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	type o = overlap.Options
	for name, c := range map[string]struct {
		checkpoint, continuation string
		opts                     o
		removed                  string
	}{
		"a word":                     {"Hello world", "world is great", o{}, "world"},
		"too short":                  {"abc", "cd", o{}, ""},
		"short enough":               {"abc", "cd", o{MinOverlap: 1}, "c"},
		"case":                       {"Hello World", "world x", o{}, ""},
		"case ignored":               {"Hello World", "world x", o{IgnoreCase: true}, "world"},
		"complete":                   {"Hello world", "Hello world", o{}, "Hello world"},
		"no checkpoint":              {"", "Hello", o{}, ""},
		"no continuation":            {"Hello", "", o{}, ""},
		"more than one token (D3)":   {"Hello world", "Hello world!", o{}, "Hello world"},
		"white space (D4)":           {"say hello world", "hello    world foo", o{CollapseSpace: true}, "hello    world"},
		"white space at the end":     {"say hello ", "hello \n\t foo", o{CollapseSpace: true}, "hello \n\t "},
		"white space before":         {"a\n\n\nb", "\u00a0 \tb c", o{CollapseSpace: true}, "\u00a0 \tb"},
		"white space that counts":    {"say hello world", "hello  world", o{}, ""},
		"the longest (D5)":           {"... the cat sat on the", "the cat sat on the mat", o{}, "the cat sat on the"},
		"the shorter one is left":    {"... the cat sat on the", "the cat sat on a mat", o{}, "the"},
		"inside, not at the end":     {"one two three", "one two four", o{}, ""},
		"only the last characters":   {"abcdef", "abcdef", o{MaxOverlap: 3}, ""},
		"the last characters":        {"abcdef", "defg", o{MaxOverlap: 3}, "def"},
		"max below min":              {"abcdef", "f", o{MaxOverlap: 1}, ""},
		"repetition":                 {"aaaa", "aaaaaa", o{}, "aaaa"},
		"other scripts":              {"これは日本語", "日本語です", o{}, "日本語"},
		"Greek, in any case":         {"ΟΔΟΣ", "οδος!", o{IgnoreCase: true}, "οδος"},
		"long s and the Kelvin sign": {"ſK", "sk", o{IgnoreCase: true}, "sk"},
		"no UTF-8":                   {"a\xff\xfe", "\xff\xfeb", o{}, "\xff\xfe"},
		"no UTF-8, not the same":     {"a\xff\xfe", "\xfd\xfeb", o{MinOverlap: 1}, ""},
		"half a character":           {"x\xe2\x82", "\xe2\x82", o{}, "\xe2\x82"},
		"a whole one is not half":    {"x\xe2\x82", "\xe2\x82\xac", o{MinOverlap: 1}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, len(c.removed), find(c.checkpoint, c.continuation, c.opts), "the definition")
			for size := 1; size <= len(c.continuation)+1; size++ {
				var pieces []string
				for rest := c.continuation; rest != ""; {
					n := min(size, len(rest))
					pieces, rest = append(pieces, rest[:n]), rest[n:]
				}
				r := overlap.New(c.checkpoint, c.opts)
				got, _ := stream(r, pieces)
				assert.Equal(t, c.continuation[len(c.removed):], got, "in pieces of %d", size)
				assert.Equal(t, c.removed, r.Removed())
			}
		})
	}
}

func TestNothingIsHeldWithoutNeed(t *testing.T) {
	t.Parallel()
	feed := func(r *overlap.Remover, text, want string, settled bool) {
		t.Helper()
		got, is := r.Feed(text)
		assert.Equal(t, want, got)
		assert.Equal(t, settled, is)
	}
	r := overlap.New("the cat sat on the", overlap.Options{})
	feed(r, "Zebra", "Zebra", true)
	feed(r, "the", "the", true)
	assert.Empty(t, r.Flush())
	assert.Empty(t, r.Removed())

	r = overlap.New("the cat sat on the", overlap.Options{})
	feed(r, "", "", false)
	feed(r, "the", "", false)
	feed(r, " ca", "", false)
	feed(r, "r", " car", true) // the end has "the" only
	assert.Equal(t, "the", r.Removed())

	r = overlap.New("café", overlap.Options{})
	feed(r, "f\xc3", "", false)
	feed(r, "\xa9!", "!", true)
	assert.Equal(t, "fé", r.Removed())

	feed(overlap.New("", overlap.Options{}), "at once", "at once", true)
}

func FuzzOverlap(f *testing.F) {
	f.Add("say hello world", "hello    world foo", uint64(1), uint8(3), uint8(0), uint8(0))
	f.Add("aabaabaaab", "aabaaabaab", uint64(2), uint8(1), uint8(1), uint8(7))
	f.Add("ſK \xe2\x82", "sk\t\n\xe2\x82\xac", uint64(3), uint8(2), uint8(1), uint8(0))
	f.Fuzz(func(t *testing.T, checkpoint, continuation string, seed uint64, flags, shortest, longest uint8) {
		check(t, checkpoint, continuation, rand.New(rand.NewPCG(seed, 0)), overlap.Options{
			IgnoreCase: flags&1 != 0, CollapseSpace: flags&2 != 0, MinOverlap: int(shortest % 8), MaxOverlap: int(longest),
		})
	})
}

// check compares a remover with the definition, over pieces of random length.
func check(t *testing.T, checkpoint, continuation string, r *rand.Rand, o overlap.Options) {
	t.Helper()
	var pieces []string
	for rest := continuation; rest != ""; {
		n := min(r.IntN(6), len(rest))
		pieces, rest = append(pieces, rest[:n]), rest[n:]
	}
	remover := overlap.New(checkpoint, o)
	got, _ := stream(remover, pieces)
	want := find(checkpoint, continuation, o)
	if got != continuation[want:] || remover.Removed() != continuation[:want] {
		t.Fatalf("%q + %q, %+v: released %q, removed %q; want %d bytes removed", checkpoint, continuation, o, got, remover.Removed(), want)
	}
}

// TestRandomTexts uses few different characters, so that much overlaps.
func TestRandomTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []string{"a", "b", "A", " ", "\n", "é", "É", "\xff", "\xe2\x82"}
	text := func() string {
		var b strings.Builder
		kinds := 1 + r.IntN(len(alphabet))
		for range r.IntN(16) {
			b.WriteString(alphabet[r.IntN(kinds)])
		}
		return b.String()
	}
	for range 30000 {
		before, after := text(), text()
		if r.IntN(2) == 0 && before != "" {
			after = before[r.IntN(len(before)):] + after
		}
		check(t, before, after, r, overlap.Options{
			IgnoreCase: r.IntN(2) == 0, CollapseSpace: r.IntN(2) == 0, MinOverlap: r.IntN(4), MaxOverlap: r.IntN(12),
		})
	}
}

// TestHoldsNoMoreThanTheWindow feeds what repeats for ever.
func TestHoldsNoMoreThanTheWindow(t *testing.T) {
	t.Parallel()
	pieces := strings.Split(strings.Repeat("a,", 5000), ",")
	r := overlap.New(strings.Repeat("a", 5000), overlap.Options{})
	got, held := stream(r, pieces)
	assert.Len(t, got, 4500)
	assert.Equal(t, 500, held)
}

func BenchmarkNew(b *testing.B) {
	text := strings.Repeat("the quick brown fox jumps over the lazy dog, ", 100)
	b.ReportAllocs()
	for b.Loop() {
		overlap.New(text, overlap.Options{})
	}
}

// BenchmarkReply feeds 2,000 tokens of 4 bytes, of which the first 125 repeat all of the window.
func BenchmarkReply(b *testing.B) {
	text := strings.Repeat("the quick brown fox jumps over the lazy dog, ", 300)
	for name, text := range map[string]string{"text": text, "one letter": strings.Repeat("a", len(text))} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := overlap.New(text[:500], overlap.Options{})
				for i := range 2000 {
					r.Feed(text[4*i : 4*i+4])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/2000, "ns/token")
		})
	}
}

func BenchmarkHeldToken(b *testing.B) {
	text := strings.Repeat("the quick brown fox jumps over the lazy dog, ", 300)
	b.ReportAllocs()
	for b.Loop() {
		r := overlap.New(text[:500], overlap.Options{})
		for i := range 124 {
			r.Feed(text[4*i : 4*i+4])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/124, "ns/token")
}

func BenchmarkSettledToken(b *testing.B) {
	r := overlap.New("", overlap.Options{})
	b.ReportAllocs()
	for b.Loop() {
		r.Feed("tokn")
	}
}

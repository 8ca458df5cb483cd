package diag

// maxNearestLen bounds the work that hostile input can cause.
const maxNearestLen = 100

// Nearest returns the candidate that name was probably meant to be, or "" when
// none is near: at most one edit in three characters, letter case and
// separators not counted.
func Nearest(name string, candidates []string) string {
	if len(name) > maxNearestLen {
		return ""
	}
	best, bestDistance := "", len(name)/3+1
	folded := fold(name)
	for _, candidate := range candidates {
		if len(candidate) > maxNearestLen {
			continue
		}
		if d := distance(folded, fold(candidate)); candidate != name && d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// fold lowers ASCII letters and drops separators.
func fold(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_' || c == '-' || c == ' ':
		case 'A' <= c && c <= 'Z':
			out = append(out, c+'a'-'A')
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours count one each.
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

package report

import (
	"strings"
	"unicode/utf8"
)

// Suggest returns the known word that is nearest to the given one, for a "did you mean", or "".
// Near is a Damerau-Levenshtein distance of at most a third of the longer word's length, whatever
// the case of the letters; of equally near words the first is taken.
func Suggest(word string, known []string) string {
	best, nearest := "", 1<<30
	for _, k := range known {
		longer := max(utf8.RuneCountInString(word), utf8.RuneCountInString(k))
		limit := min(longer/3, nearest-1)
		if len(word) > 4*len(k)+4 || limit < 0 {
			continue // No cost for a word that is far longer than any that is near.
		}
		if d := distance([]rune(strings.ToLower(word)), []rune(strings.ToLower(k))); d <= limit {
			best, nearest = k, d
		}
	}
	return best
}

// distance counts the insertions, deletions, replacements and swaps of neighbours that make a to b,
// no place touched twice (the optimal string alignment distance).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			same := 0
			if a[i-1] != b[j-1] {
				same = 1
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

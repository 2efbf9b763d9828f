package sanitize

import "testing"

// TestNumbers: every element has a number of its own, which nesting counts by.
func TestNumbers(t *testing.T) {
	seen := map[int]string{}
	for name, c := range classes() {
		n := c.number()
		if n <= 0 || n >= maxNumber || seen[n] != "" {
			t.Errorf("%s has number %d, as %q has", name, n, seen[n])
		}
		seen[n] = name
	}
}

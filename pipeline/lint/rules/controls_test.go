package rules

import (
	"math/rand/v2"
	"testing"
)

// TestWithoutControls compares looking at eight bytes at once with looking at one.
func TestWithoutControls(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		text := make([]byte, r.IntN(40))
		for i := range text {
			text[i] = byte(' ' + r.IntN(224)) // Mostly text.
			if r.IntN(30) == 0 {
				text[i] = byte(r.IntN(256))
			}
		}
		first := len(text)
		for i, c := range text {
			if isControl(c) {
				first = i
				break
			}
		}
		if got := withoutControls(text); got != first {
			t.Fatalf("%q: %d, want %d", text, got, first)
		}
	}
}

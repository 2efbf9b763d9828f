package images

import (
	"fmt"
	"strconv"
	"strings"
)

// focus is the place of a picture that a crop keeps: 0 is the left or the upper edge, 1 the right or the lower.
type focus struct{ x, y float64 }

var middle = focus{0.5, 0.5}

// parseFocus reads words ("top", "bottom-left") or shares of the sides ("30%,70%").
func parseFocus(text string) (focus, error) {
	f := middle
	if text == "" {
		return f, nil
	}
	wrong := fmt.Errorf("option focus: %q is neither center, top, bottom, left, right or two of these with a hyphen, nor a place like 30%%,70%%", text)
	if x, y, ok := strings.Cut(text, ","); ok {
		for _, side := range []struct {
			text string
			to   *float64
		}{{x, &f.x}, {y, &f.y}} {
			number, percent := strings.CutSuffix(strings.TrimSpace(side.text), "%")
			n, err := strconv.ParseFloat(number, 64)
			if err != nil || !percent || n < 0 || n > 100 {
				return f, wrong
			}
			*side.to = n / 100
		}
		return f, nil
	}
	words := map[string]struct {
		to *float64
		at float64
	}{"left": {&f.x, 0}, "right": {&f.x, 1}, "top": {&f.y, 0}, "bottom": {&f.y, 1}}
	seen := map[*float64]bool{}
	for word := range strings.SplitSeq(text, "-") {
		w, ok := words[word]
		if word == "center" {
			continue
		}
		if !ok || seen[w.to] {
			return f, wrong
		}
		*w.to, seen[w.to] = w.at, true
	}
	return f, nil
}

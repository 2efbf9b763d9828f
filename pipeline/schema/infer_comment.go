package schema

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// comment says in one line what was counted of a value: where it stands, of which types it is, which dates,
// texts, numbers and lists there were.
func (s *shape) comment(where string) string {
	parts := []string{where}
	var types []counted
	for t, n := range s.types {
		if n > 0 {
			types = append(types, counted{jsonTypes[t], n})
		}
	}
	if len(types) > 1 {
		parts = append(parts, countedWords(types))
	}
	parts = append(parts, s.texts.comment()...)
	if numbers := s.types[isInteger] + s.types[isNumber]; numbers > 0 {
		part := "from " + numberText(s.low) + " to " + numberText(s.high)
		if s.low == s.high {
			part = "always " + numberText(s.low)
		}
		if numbers < s.seen {
			part = "numbers " + part
		}
		parts = append(parts, part)
	}
	if truths := countedWords([]counted{{"true", s.trues}, {"false", s.types[isBoolean] - s.trues}}); truths != "" {
		parts = append(parts, truths)
	}
	if s.types[isArray] > 0 {
		length := plural(s.most, "item")
		if s.fewest < s.most {
			length = number(s.fewest) + " to " + length
		}
		parts = append(parts, length)
	}
	if s.more {
		parts = append(parts, moreKeys)
	}
	return strings.Join(parts, "; ")
}

// countedWords lists words with how often each was seen, without those that were not.
func countedWords(list []counted) string {
	var words []string
	for _, c := range list {
		if c.n > 0 {
			words = append(words, c.text+" "+number(c.n))
		}
	}
	return strings.Join(words, ", ")
}

// numberText writes a number as people do, as long as that is short.
func numberText(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// maxNamed is how many values of a key its comment names.
const maxNamed = 12

func (t *texts) comment() (parts []string) {
	switch {
	case t.count == 0:
		return nil
	case t.dates.most():
		return t.dates.comment()
	case !t.free && t.count > len(t.order):
		values := t.byCount()
		named := values[:min(len(values), maxNamed)]
		var words []string
		for _, v := range named {
			text := v.text
			if text == "" {
				text = `""`
			}
			words = append(words, fmt.Sprintf("%s (%s)", text, number(v.n)))
		}
		part := plural(len(values), "value") + ": " + strings.Join(words, ", ")
		if len(named) < len(values) {
			part += ", …"
		}
		return []string{part}
	case t.empty > 0:
		return []string{number(t.empty) + " empty"}
	}
	return nil
}

func (d *dates) comment() []string {
	var names []string
	for _, l := range d.layouts {
		names = append(names, fmt.Sprintf("%s (%s)", l.name, number(l.n)))
	}
	part := plural(len(d.layouts), "layout") + ": " + strings.Join(names, ", ")
	if d.others > 0 {
		part += ", others (" + number(d.others) + ")"
	}
	parts := []string{part}
	if odd := d.tried - d.read; odd > 0 {
		part = number(odd) + " not a date"
		if d.odd != "" {
			part += ", such as " + strconv.Quote(d.odd)
		}
		parts = append(parts, part)
	}
	return parts
}

// examples are texts that were seen: of dates one for each layout.
func (s *shape) examples() (examples list) {
	texts := s.texts.sample
	if d := s.texts.dates; d.most() && len(d.layouts) > 1 {
		texts = nil
		for _, l := range d.layouts {
			texts = append(texts, l.example)
		}
	}
	for _, text := range slices.Clone(texts) {
		examples = append(examples, text)
	}
	return examples
}

// number writes a count with its thousands apart.
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// plural is a count with its noun.
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return number(n) + " " + noun
}

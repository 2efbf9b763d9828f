package schema

import (
	"cmp"
	"slices"
	"strings"
)

// texts are the strings of one place.
type texts struct {
	count  int
	empty  int
	values map[string]int // how often each stands; nil once it is no use to count them
	order  []string       // the keys of values, the first seen first
	free   bool           // one is no word, or there are more than maxValues
	sample []string       // the first that differ, for examples
	dates  dates
	failed uint // the formats, by their number, that a text is not of
}

// The examples of a key: how many there are at most, and how long in bytes.
const (
	maxExamples     = 3
	maxExampleBytes = 160
)

func (t *texts) add(text string) {
	t.count++
	if text == "" {
		t.empty++
	}
	t.addSample(text)
	isDate := t.dates.add(text)
	t.failed |= failing(text, t.failed)
	if !t.free {
		t.word(text, isDate)
	}
}

// addSample keeps a text for an example, if it is a new one in one line.
func (t *texts) addSample(text string) {
	if len(t.sample) < maxExamples && text != "" && len(text) <= maxExampleBytes && !strings.Contains(text, "\n") &&
		!slices.Contains(t.sample, text) {
		t.sample = append(t.sample, strings.Clone(text))
	}
}

// word counts a text that may be a value of an enumeration.
func (t *texts) word(text string, isDate bool) {
	if n, have := t.values[text]; have {
		t.values[text] = n + 1
		return
	}
	if isDate || len(t.order) == maxValues || !isWord(text) {
		t.free, t.values, t.order = true, nil, nil
		return
	}
	if t.values == nil {
		t.values = map[string]int{}
	}
	text = strings.Clone(text)
	t.values[text] = 1
	t.order = append(t.order, text)
}

// isWord tells whether a text may be one of an enumeration: at most four words in one line, no address.
func isWord(text string) bool {
	return len(text) <= maxValueBytes && !strings.ContainsAny(text, "\n\r") && !strings.Contains(text, "://") &&
		len(strings.Fields(text)) <= 4
}

// A counted is a text with the number of times that it stands.
type counted struct {
	text string
	n    int
}

// byCount are the counted texts, the most frequent first.
func (t *texts) byCount() []counted {
	list := make([]counted, len(t.order))
	for i, text := range t.order {
		list[i] = counted{text, t.values[text]}
	}
	slices.SortStableFunc(list, func(a, b counted) int { return cmp.Compare(b.n, a.n) })
	return list
}

// enumeration are the values of a key that has few, which repeat; nil for any other.
func (t *texts) enumeration(most int) []counted {
	if t.free || len(t.order) > most || t.count < enough || t.count < 4*len(t.order) || t.empty == t.count {
		return nil
	}
	list, once := t.byCount(), 0
	for _, v := range list {
		if v.n == 1 {
			once++
		}
	}
	if 4*once > len(list) {
		return nil
	}
	return list
}

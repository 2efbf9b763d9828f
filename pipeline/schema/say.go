package schema

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The lengths of what messages show.
const (
	maxShown  = 60 // bytes of a value or key
	maxListed = 8  // values or keys of a list
)

// quoted shows foreign text, shortened at a character.
func quoted(s string) string {
	if len(s) <= maxShown {
		return quote(s)
	}
	cut := maxShown
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return quote(s[:cut]) + "…"
}

// quote is strconv.Quote, which leaves the joiners that emoji and some scripts need.
func quote(s string) string {
	parts := strings.Split(s, "\u200d")
	for i, part := range parts {
		q := strconv.Quote(part)
		parts[i] = q[1 : len(q)-1]
	}
	return `"` + strings.Join(parts, "\u200d") + `"`
}

// show is a value in a message.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return quoted(v)
	case json.Number:
		return shortened(string(v))
	case beyond:
		return shortened(string(v))
	case *big.Rat:
		return ratText(v)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "a value"
	}
	return shortened(string(text))
}

func shortened(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return strings.ToValidUTF8(s[:maxShown], "") + "…"
}

// ratText is a number without needless digits.
func ratText(r *big.Rat) string {
	if r.IsInt() {
		return shortened(r.Num().String())
	}
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// typeNames are the types of JSON Schema as front matter calls them.
var typeNames = map[string]string{
	"null": "null", "boolean": "a boolean", "number": "a number", "integer": "an integer",
	"string": "a string", "array": "a list", "object": "a mapping",
}

// typesText says which types are expected.
func typesText(types []string) string {
	names := make([]string, 0, len(types))
	for _, t := range types {
		if t == "null" || t == "integer" && slices.Contains(types, "number") {
			continue
		}
		names = append(names, typeNames[t])
	}
	if slices.Contains(types, "null") {
		names = append(names, typeNames["null"])
	}
	return either(names)
}

// either joins words with commas and an or.
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// listed joins the first words of a list and counts the others.
func listed(words []string) string {
	if len(words) <= maxListed {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:maxListed], ", "), len(words)-maxListed)
}

// oneOf says which values are expected.
func oneOf(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = show(v)
	}
	if len(words) == 1 {
		return words[0]
	}
	return "one of " + listed(words)
}

// count is a number of things: 1 item, 2 items.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// ordinal is 1st, 2nd, 3rd, 4th …
func ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}

// sentence is a note of a schema as the end of a message: on one line, shortened, without a full stop.
func sentence(note string) string {
	note = strings.TrimSuffix(strings.Join(strings.Fields(note), " "), ".")
	if len(note) <= 4*maxShown {
		return note
	}
	return strings.ToValidUTF8(note[:4*maxShown], "") + "…"
}

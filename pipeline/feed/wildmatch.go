package feed

import "strings"

// A token is one element of a pattern with special characters.
type token struct {
	kind tokenKind
	char byte
	set  *[256]bool // of a class
}

type tokenKind byte

const (
	literal   tokenKind = iota // the byte char
	anyByte                    // ?
	oneOf                      // [...]
	star                       // * within a name
	starStar                   // ** over folders
	skipSlash                  // **/: nothing, or what starStar and a slash match; stands before those two
	never                      // a class without end, a backslash at the end: nothing matches
)

// tokenize reads a pattern. In a path, special characters don't match a slash but for ** between
// slashes; in a base name there is none to match.
func tokenize(text string, path bool) []token {
	tokens := []token{}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
			if i == len(text) {
				return append(tokens, token{kind: never})
			}
			tokens = append(tokens, token{kind: literal, char: text[i]})
		case '?':
			tokens = append(tokens, token{kind: anyByte})
		case '*':
			from := i
			for i+1 < len(text) && text[i+1] == '*' {
				i++
			}
			tokens = append(tokens, stars(text, from, i+1, path)...)
		case '[':
			set, end := readClass(text, i)
			if set == nil {
				return append(tokens, token{kind: never})
			}
			if path {
				set['/'] = false
			}
			tokens, i = append(tokens, token{kind: oneOf, set: set}), end
		default:
			tokens = append(tokens, token{kind: literal, char: text[i]})
		}
	}
	return tokens
}

// stars gives the tokens of a run of stars, text[from:to].
func stars(text string, from, to int, path bool) []token {
	if !path || to-from == 1 {
		return []token{{kind: star}}
	}
	rest := text[to:]
	if from > 0 && text[from-1] != '/' || rest != "" && rest[0] != '/' && !strings.HasPrefix(rest, `\/`) {
		return []token{{kind: star}}
	}
	if rest != "" && rest[0] == '/' {
		return []token{{kind: skipSlash}, {kind: starStar}}
	}
	return []token{{kind: starStar}}
}

// readClass reads the class that begins at text[at]; end is the place of its closing bracket. The set is
// nil for a class that has no end or names an unknown kind of character.
func readClass(text string, at int) (set *[256]bool, end int) {
	set = new([256]bool)
	i := at + 1
	negated := i < len(text) && (text[i] == '!' || text[i] == '^')
	if negated {
		i++
	}
	previous := -1
	for first := true; ; first = false {
		if i >= len(text) {
			return nil, 0
		}
		c := text[i]
		switch {
		case c == ']' && !first:
			if negated {
				for k := range set {
					set[k] = !set[k]
				}
			}
			return set, i
		case c == '\\':
			if i++; i >= len(text) {
				return nil, 0
			}
			set[text[i]], previous = true, int(text[i])
		case c == '-' && previous > 0 && i+1 < len(text) && text[i+1] != ']':
			if i++; text[i] == '\\' {
				if i++; i >= len(text) {
					return nil, 0
				}
			}
			for k := previous; k <= int(text[i]); k++ {
				set[k] = true
			}
			previous = -1
		case c == '[' && i+1 < len(text) && text[i+1] == ':':
			next, named := addNamed(set, text, i)
			if next < 0 {
				return nil, 0
			}
			i, previous = next, -1
			if !named {
				previous = '['
			}
		default:
			set[c], previous = true, int(c)
		}
		i++
	}
}

// addNamed adds the characters of [:name:] at text[at]. It gives the place of its last byte, or
// of the bracket alone when it is no such name, or -1 when there is no such kind or no end.
func addNamed(set *[256]bool, text string, at int) (last int, named bool) {
	length := strings.IndexByte(text[at+2:], ']')
	if length < 0 {
		return -1, false
	}
	name, ok := strings.CutSuffix(text[at+2:at+2+length], ":")
	if !ok {
		set['['] = true
		return at, false
	}
	is := classNamed(name)
	if is == nil {
		return -1, false
	}
	for c := range 128 {
		if is(byte(c)) {
			set[c] = true
		}
	}
	return at + 2 + length, true
}

// classNamed gives the kinds of character of POSIX, in ASCII.
func classNamed(name string) func(byte) bool {
	lower := func(c byte) bool { return 'a' <= c && c <= 'z' }
	upper := func(c byte) bool { return 'A' <= c && c <= 'Z' }
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	alnum := func(c byte) bool { return lower(c) || upper(c) || digit(c) }
	switch name {
	case "alnum":
		return alnum
	case "alpha":
		return func(c byte) bool { return lower(c) || upper(c) }
	case "blank":
		return func(c byte) bool { return c == ' ' || c == '\t' }
	case "cntrl":
		return func(c byte) bool { return c < ' ' || c == 127 }
	case "digit":
		return digit
	case "graph":
		return func(c byte) bool { return ' ' < c && c < 127 }
	case "lower":
		return lower
	case "print":
		return func(c byte) bool { return ' ' <= c && c < 127 }
	case "punct":
		return func(c byte) bool { return ' ' < c && c < 127 && !alnum(c) }
	case "space":
		return func(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }
	case "upper":
		return upper
	case "xdigit":
		return func(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
	}
	return nil
}

// matchTokens tells whether the tokens match all of text. state[i] is true when tokens[:i] can match what
// was read so far.
func matchTokens(tokens []token, text string) bool {
	state, next := make([]bool, len(tokens)+1), make([]bool, len(tokens)+1)
	reach(state, tokens, 0)
	for k := range len(text) {
		clear(next)
		alive := false
		for i, on := range state[:len(tokens)] {
			if !on {
				continue
			}
			if to := tokens[i].step(i, text[k]); to >= 0 {
				reach(next, tokens, to)
				alive = true
			}
		}
		if !alive {
			return false
		}
		state, next = next, state
	}
	return state[len(tokens)]
}

// reach marks state i, and the states that follow from it without reading.
func reach(state []bool, tokens []token, i int) {
	for !state[i] {
		state[i] = true
		if i == len(tokens) {
			return
		}
		switch tokens[i].kind {
		case star, starStar:
			i++
		case skipSlash: // Before starStar and a slash: all three may stand for nothing.
			reach(state, tokens, i+3)
			i++
		default:
			return
		}
	}
}

// step gives the state that token i leads to by reading c, or -1.
func (t *token) step(i int, c byte) int {
	switch t.kind {
	case literal:
		if c == t.char {
			return i + 1
		}
	case anyByte:
		if c != '/' {
			return i + 1
		}
	case oneOf:
		if t.set[c] {
			return i + 1
		}
	case star:
		if c != '/' {
			return i
		}
	case starStar:
		return i
	}
	return -1
}

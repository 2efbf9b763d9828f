package schema

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An ecma translates a pattern of ECMA-262 (with the flag u) into one that means the same to package regexp, and
// to regexp2 where it needs backtracking. It reads each character of the pattern once.
type ecma struct {
	pattern string
	at      int
	out     strings.Builder
	class   bool // inside brackets
	back    bool // it has lookaround or backreferences
}

// White space and what is none, by ECMA-262, section 12.2 and 12.3, as ranges in brackets.
const (
	space    = "\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
	notSpace = "\x00-\x08\x0e-\x1f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff"
)

// translate gives the pattern for package regexp, and whether it needs backtracking.
func translate(pattern string) (translated string, backtracks bool, err error) {
	e := ecma{pattern: pattern}
	for e.at < len(pattern) && err == nil {
		err = e.step()
	}
	if err == nil && e.class {
		err = errors.New("a [ has no ]")
	}
	return e.out.String(), e.back, err
}

// step translates what stands at the current place.
func (e *ecma) step() error {
	rest := e.pattern[e.at:]
	switch c := rest[0]; {
	case c == '\\':
		return e.escape(rest)
	case e.class && c == ']':
		e.class = false
		e.copy(1)
	case e.class && c == '[':
		e.write(`\[`, 1)
	case e.class:
		e.rune(rest)
	case strings.HasPrefix(rest, "[^]"):
		e.write("[\x00-\U0010ffff]", 3)
	case strings.HasPrefix(rest, "[]"):
		e.write("[^\x00-\U0010ffff]", 2)
	case c == '[':
		e.class = true
		e.copy(1)
		if strings.HasPrefix(rest, "[^") {
			e.copy(1)
		}
	case c == '.':
		e.write("[^\n\r\u2028\u2029]", 1)
	case c == '$':
		e.write(`\z`, 1)
	case strings.HasPrefix(rest, "(?"):
		for _, look := range []string{"(?=", "(?!", "(?<=", "(?<!"} {
			e.back = e.back || strings.HasPrefix(rest, look)
		}
		e.copy(2)
	default:
		e.rune(rest)
	}
	return nil
}

func (e *ecma) copy(n int) { e.write(e.pattern[e.at:e.at+n], n) }

func (e *ecma) rune(rest string) {
	_, n := utf8.DecodeRuneInString(rest)
	e.copy(n)
}

// write writes what n bytes of the pattern mean.
func (e *ecma) write(text string, n int) {
	e.out.WriteString(text)
	e.at += n
}

// escape translates a backslash and what belongs to it.
func (e *ecma) escape(rest string) error {
	if len(rest) < 2 {
		return errors.New("it ends with a backslash")
	}
	switch c := rest[1]; c {
	case 'd', 'D', 'w', 'W', 't', 'n', 'v', 'f', 'r':
		e.copy(2)
	case 's':
		e.set(space)
	case 'S':
		e.set(notSpace)
	case 'b', 'B':
		e.boundary(c)
	case '0':
		e.write("\x00", 2)
	case 'c':
		if len(rest) < 3 || !isLetter(rest[2]) {
			return errors.New(`\c needs a letter behind it`)
		}
		e.literal(rune(rest[2]%32), 3)
	case 'x':
		return e.code(rest[2:], 2, 2)
	case 'u':
		return e.unicode(rest)
	case 'p', 'P':
		return e.property(rest)
	case 'k':
		e.back = true
		e.copy(2)
	default:
		if c >= '1' && c <= '9' && !e.class {
			e.back = true
			e.copy(2)
			return nil
		}
		if isLetter(c) || c >= '0' && c <= '9' {
			return fmt.Errorf(`\%c is no escape of ECMA-262`, c)
		}
		r, n := utf8.DecodeRuneInString(rest[1:])
		e.literal(r, 1+n)
	}
	return nil
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// set writes ranges, in brackets where they do not stand in some.
func (e *ecma) set(ranges string) {
	if !e.class {
		ranges = "[" + ranges + "]"
	}
	e.write(ranges, 2)
}

// boundary writes \b, which means a backspace in brackets.
func (e *ecma) boundary(c byte) {
	if e.class && c == 'b' {
		e.write("\b", 2)
		return
	}
	e.copy(2)
}

// literal writes a character that stands for itself.
func (e *ecma) literal(r rune, n int) {
	text := string(r)
	if r < utf8.RuneSelf && unicode.IsPrint(r) && !isLetter(byte(r)) && (r < '0' || r > '9') && r != ' ' && r != '_' {
		text = `\` + text
	}
	e.write(text, n)
}

// code writes the character with a code in digits hexadecimal digits, which begin behind some bytes.
func (e *ecma) code(digits string, n, before int) error {
	if len(digits) < n {
		return fmt.Errorf("an escape needs %d hexadecimal digits", n)
	}
	code, err := strconv.ParseUint(digits[:n], 16, 32)
	if err != nil || code > unicode.MaxRune {
		return fmt.Errorf("an escape needs %d hexadecimal digits, not %q", n, digits[:n])
	}
	e.literal(rune(code), before+n)
	return nil
}

// unicode writes \u0041, \u{41} or a pair of surrogates.
func (e *ecma) unicode(rest string) error {
	if braced, found := strings.CutPrefix(rest, `\u{`); found {
		end := strings.IndexByte(braced, '}')
		if end < 1 {
			return errors.New(`\u{ needs hexadecimal digits and a }`)
		}
		if err := e.code(braced, end, 3); err != nil {
			return err
		}
		e.at++
		return nil
	}
	high, low := surrogate(rest), 0
	if len(rest) > 6 {
		low = surrogate(rest[6:])
	}
	if high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000 {
		e.literal(rune((high-0xD800)<<10|(low-0xDC00))+0x10000, 12)
		return nil
	}
	return e.code(rest[2:], 4, 2)
}

// surrogate is the code of an escape with four digits, 0 for anything else.
func surrogate(rest string) int {
	if len(rest) < 6 || rest[:2] != `\u` {
		return 0
	}
	code, err := strconv.ParseUint(rest[2:6], 16, 32)
	if err != nil {
		return 0
	}
	return int(code)
}

// property writes \p{…}, whose names are those of Go: scripts, and categories by their short names.
func (e *ecma) property(rest string) error {
	end := strings.IndexByte(rest, '}')
	if len(rest) < 4 || rest[2] != '{' || end < 0 {
		return errors.New(`\p needs a name in braces`)
	}
	name := rest[3:end]
	if key, value, found := strings.Cut(name, "="); found {
		switch key {
		case "Script", "sc", "Script_Extensions", "scx", "General_Category", "gc":
			name = value
		default:
			return fmt.Errorf("the Unicode property %q is not known", name)
		}
	}
	if short, ok := categories[name]; ok {
		name = short
	}
	if unicode.Categories[name] == nil && unicode.Scripts[name] == nil {
		return fmt.Errorf("the Unicode property %q is not known", name)
	}
	e.write(rest[:2]+"{"+name+"}", end+1)
	return nil
}

// categories are the long names of general categories (Unicode, PropertyValueAliases.txt), and binary properties that
// are nearly one.
var categories = map[string]string{
	"Letter": "L", "Lowercase_Letter": "Ll", "Uppercase_Letter": "Lu", "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm",
	"Other_Letter": "Lo", "Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
	"Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
	"Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps",
	"Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po",
	"Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
	"Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
	"Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Private_Use": "Co", "Alphabetic": "L",
}

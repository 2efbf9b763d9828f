package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// counts are how often characters that come in pairs stand in the text of a block: one alone needs no escape.
type counts struct{ stars, lines, ticks, tildes int }

func countMarks(segs []seg) (c counts) {
	for i := range segs {
		s := &segs[i]
		if s.marks&(strong|emphasis) != 0 {
			c.stars, c.lines = c.stars+2, c.lines+2
		}
		if s.marks&code != 0 {
			c.ticks += 2
			continue
		}
		if s.kind == text || s.kind == image {
			c.stars += strings.Count(s.text, "*")
			c.lines += strings.Count(s.text, "_")
			c.ticks += strings.Count(s.text, "`")
			c.tildes += strings.Count(s.text, "~")
		}
	}
	return c
}

// text writes the text of segment i with what escapes it needs.
func (t *textWriter) text(i int) {
	s := t.segs[i].text
	from := len(t.w.out)
	if rest, ok := strings.CutSuffix(s, `\`); ok && i+1 < len(t.segs) && t.segs[i+1].kind == lineBreak {
		t.plainText(i, rest)
		t.put("&#92;") // Two backslashes before the one of the line break would be read as one of the text.
	} else {
		t.plainText(i, s)
	}
	if t.w.Wrap > 0 && !t.oneLine {
		for k := from; k < len(t.w.out); k++ {
			if t.w.out[k] == ' ' {
				t.breaks = append(t.breaks, k)
			}
		}
	}
}

func (t *textWriter) plainText(i int, s string) {
	if t.rung >= escaped {
		t.put(escapeAll(s))
		return
	}
	atStart := len(t.w.out) == t.begin && !t.inCell && !t.title
	skip := 0
	if atStart {
		if n := lineStart(s); n >= 0 {
			t.put(s[:n] + `\`)
			if n < len(s) {
				t.put(s[n : n+1])
			}
			skip = min(n+1, len(s))
		}
	}
	for k := skip; k < len(s); {
		n := nextSpecial(s, k)
		t.put(s[k:n])
		if n == len(s) {
			return
		}
		if t.escapes(i, n) {
			t.put(`\`)
		}
		t.w.out = append(t.w.out, s[n])
		k = n + 1
	}
}

// nextSpecial finds the next character, from k on, that escapes may have to do with; the end of the text if there is none.
func nextSpecial(s string, k int) int {
	for ; k < len(s); k++ {
		if !isMeaningful[s[k]] {
			continue
		}
		if s[k] != '.' || k >= 3 && s[k-1]|0x20 == 'w' {
			return k
		}
	}
	return len(s)
}

// isMeaningful tells of each byte whether escapes may have to do with it.
var isMeaningful = [256]bool{
	'\\': true, '`': true, '*': true, '_': true, '[': true, ']': true, '<': true, '&': true, '~': true, '!': true, ':': true, '@': true,
	'|': true, '#': true, '.': true,
}

// escapes tells whether the byte at k of segment i needs an escape.
func (t *textWriter) escapes(i, k int) bool {
	s, inLink := t.segs[i].text, t.segs[i].link != nil
	rest := s[k+1:]
	switch s[k] {
	case '\\':
		return rest == "" || isASCIIPunct(rest[0])
	case '`':
		return t.count.ticks > 1
	case '*':
		return t.count.stars > 1 && !(t.spaceBefore(i, k) && t.spaceAfter(i, rest))
	case '_':
		return t.count.lines > 1 && !t.inWord(s, k) && !(t.spaceBefore(i, k) && t.spaceAfter(i, rest))
	case '~':
		return t.count.tildes > 1
	case '[':
		return inLink || strings.HasPrefix(rest, "^") || strings.Contains(rest, "](") || rest == "" && i+1 < len(t.segs)
	case ']':
		return inLink || strings.HasPrefix(rest, "(") || rest == "" && i+1 < len(t.segs)
	case '<':
		return rest == "" || rest[0] == '/' || rest[0] == '!' || rest[0] == '?' || isLetter(rest[0])
	case '&':
		return isReference(rest)
	case '!':
		return rest == "" && i+1 < len(t.segs) || strings.HasPrefix(rest, "[")
	case '|':
		return t.inCell
	case '#':
		return t.title && strings.Trim(s[k:], "#") == "" && i+1 == len(t.segs) && (k == 0 || s[k-1] == ' ' || s[k-1] == '#')
	case ':':
		return !inLink && strings.HasPrefix(rest, "//") && hasScheme(s[:k])
	case '.':
		return !inLink && hasSuffixFold(s[:k], "www")
	case '@':
		return !inLink && k > 0 && isLocal(s[k-1]) && rest != "" && isAlnum(rest[0]) && strings.Contains(rest, ".")
	}
	return false
}

func (t *textWriter) spaceBefore(i, k int) bool {
	if k > 0 {
		return isSpaceByte(t.segs[i].text[k-1])
	}
	return len(t.w.out) == t.begin || isSpaceByte(t.w.out[len(t.w.out)-1])
}

func (t *textWriter) spaceAfter(i int, rest string) bool {
	if rest != "" {
		return isSpaceByte(rest[0])
	}
	return i+1 == len(t.segs) && !t.inCell || i+1 < len(t.segs) && t.segs[i+1].kind == text && t.segs[i+1].text == " "
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' }

// inWord tells whether letters or digits stand on both sides of the byte at k.
func (t *textWriter) inWord(s string, k int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:k])
	after, _ := utf8.DecodeRuneInString(s[k+1:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return k > 0 && k+1 < len(s) && word(before) && word(after)
}

// lineStart is where in a text that begins a line an escape keeps it from being read as a block; -1 for
// nowhere.
func lineStart(s string) int {
	rest := strings.TrimLeft(s, "#")
	if n := len(s) - len(rest); n > 0 && n <= 6 && (rest == "" || rest[0] == ' ') {
		return 0
	}
	if len(s) == 0 {
		return -1
	}
	switch s[0] {
	case '>', '=':
		return 0
	case '-', '+', '*':
		if len(s) == 1 || s[1] == ' ' || isOnly(s, s[0]) || s[0] == '-' && strings.Trim(s, "-:| ") == "" {
			return 0
		}
	case '_':
		if isOnly(s, '_') {
			return 0
		}
	case '~':
		if strings.HasPrefix(s, "~~~") {
			return 0
		}
	case '|', ':':
		if strings.Trim(s, "-:| ") == "" || s[0] == ':' && s[1] == ' ' {
			return 0
		}
	case '[':
		if strings.Contains(s, "]:") || len(s) > 2 && s[2] == ']' {
			return 0
		}
		return -1
	}
	digits := 0
	for digits < len(s) && digits < 10 && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < 10 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') && (digits+1 == len(s) || s[digits+1] == ' ') {
		return digits
	}
	return -1
}

// isOnly tells whether a text is one character and spaces.
func isOnly(s string, c byte) bool { return strings.Trim(s, string(c)+" ") == "" }

// isReference tells whether what follows an ampersand makes it a character reference.
func isReference(rest string) bool {
	end := strings.IndexByte(rest, ';')
	if end < 1 || end > 40 {
		return false
	}
	for i := range end {
		if !isAlnum(rest[i]) && (i > 0 || rest[0] != '#') {
			return false
		}
	}
	return true
}

func hasScheme(s string) bool {
	for _, scheme := range []string{"http", "https", "ftp"} {
		if hasSuffixFold(s, scheme) {
			return true
		}
	}
	return false
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

func isLocal(c byte) bool { return isAlnum(c) || strings.IndexByte("._-+", c) >= 0 }

func isLetter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

func isAlnum(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }

func isASCIIPunct(c byte) bool {
	return c > ' ' && c < 0x7F && !isAlnum(c)
}

// escapeAll escapes every character that may mean something in Markdown.
func escapeAll(s string) string {
	if !strings.ContainsAny(s, "\\`*_{}[]()#+-.!<>&~|:@=^$\"'/") {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		if isASCIIPunct(s[i]) && strings.IndexByte("\"'/,;%?", s[i]) < 0 {
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// escapeAlt spells the text of an image.
func escapeAlt(s string, inCell bool) string {
	if !strings.ContainsAny(s, "\\`*_[]<&~!|:@") && !strings.Contains(s, "www.") {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		rest := s[i+1:]
		escape := false
		switch s[i] {
		case '\\':
			escape = rest == "" || isASCIIPunct(rest[0])
		case '`', '*', '[', ']', '<', '~':
			escape = true
		case '_':
			escape = true
		case '&':
			escape = isReference(rest)
		case '!':
			escape = strings.HasPrefix(rest, "[")
		case '|':
			escape = inCell
		}
		if escape {
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// escapeTitle spells a title between quotes.
func escapeTitle(s string, quote byte, inCell bool) string {
	var out strings.Builder
	for i := range len(s) {
		rest := s[i+1:]
		switch c := s[i]; {
		case c == quote, c == '\\' && (rest == "" || isASCIIPunct(rest[0])), c == '&' && isReference(rest), c == '|' && inCell:
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// escapeDestination spells a URL in a link; it has been percent-encoded.
func escapeDestination(url string) string {
	if !strings.ContainsAny(url, "\\&*_<>|") {
		return url
	}
	var out strings.Builder
	out.Grow(len(url) + 8)
	for i := range len(url) {
		rest := url[i+1:]
		switch c := url[i]; {
		case c == '&' && isReference(rest): // A backslash would be gone before references are read.
			out.WriteString("&amp;")
			continue
		case c == '\\', c == '|':
			out.WriteByte('\\')
		}
		out.WriteByte(url[i])
	}
	return out.String()
}

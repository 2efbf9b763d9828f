package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/pipeline/markup"
)

// wrap breaks the lines of the text that begins at an offset so that they are no longer than wanted, at some of the
// spaces at breaks, where that does not make another block of what follows.
func (w *writer) wrap(begin int, breaks []int) {
	if len(breaks) == 0 {
		return
	}
	text := bytes.Clone(w.out[begin:])
	w.out = w.out[:begin]
	start := bytes.LastIndexByte(w.out, '\n') + 1
	column := width(w.out[start:])
	from, last := 0, -1 // where the line begins that is being filled, and the last place where it can be broken
	for _, at := range append(breaks, begin+len(text)) {
		at -= begin
		if n := bytes.LastIndexByte(text[from:at], '\n'); n >= 0 { // A line ends there already.
			w.out = append(w.out, text[from:from+n+1]...)
			from, last, column = from+n+1, -1, 0
		}
		if last >= 0 && column+width(text[from:at]) > w.Wrap {
			w.out = append(append(append(w.out, text[from:last]...), '\n'), w.prefix...)
			from, last, column = last+1, -1, width(w.prefix)
		}
		if at < len(text) && mayBreak(text, at) && (from > 0 || lineStart(string(text[:at])) < 0) {
			last = at
		}
	}
	w.out = append(w.out, text[from:]...)
}

// mayBreak tells whether a line may end at the space at an offset: what follows is text at the beginning of a line, too.
func mayBreak(text []byte, at int) bool {
	if at == 0 || text[at-1] == '\\' || text[at-1] == '\n' {
		return false
	}
	rest, _, _ := strings.Cut(string(text[at+1:min(len(text), at+200)]), "\n")
	if rest == "" || strings.IndexByte(" <$`", rest[0]) >= 0 || strings.HasPrefix(rest, "[^") {
		return false
	}
	word, _, _ := strings.Cut(rest, " ")
	return lineStart(rest) < 0 && lineStart(word) < 0
}

// width is how many columns a text takes: two for each character of Chinese, Japanese and Korean and each emoji.
func width(text []byte) (columns int) {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case markup.IsCJK(r) || r >= 0x1F300 && r <= 0x1FAFF:
			columns += 2
		default:
			columns++
		}
	}
	return columns
}

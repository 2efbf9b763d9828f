package article

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// words counts the words of a body.
type words struct {
	all, han, kana, hangul int
}

// lang guesses the language of a body whose words are mostly Chinese, Japanese or Korean.
func (w words) lang() string {
	switch {
	case w.hangul*2 > w.all:
		return "ko"
	case (w.han+w.kana)*2 <= w.all:
		return ""
	case w.kana*10 > w.han:
		return "ja"
	}
	return "zh"
}

// count counts the words of a body in one pass, without parsing it: what looks like a tag, an
// entity, a script, a style sheet, or the target of a Markdown link is passed over, a URL is one word.
// A Han, Hiragana or Katakana character is a word; others are runs of letters and digits.
func count(body []byte) words {
	var w words
	c := counter{text: body}
	for c.at < len(body) {
		b := body[c.at]
		switch {
		case b == '<' && c.tag():
		case b == '&' && c.entity():
		case b == ']' && c.target():
		case b < utf8.RuneSelf && !alphanumeric(b):
			c.at++
		default:
			c.word(&w)
		}
	}
	return w
}

func alphanumeric(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// A counter is one run of count.
type counter struct {
	text []byte
	at   int
	// Of these no more are to come, so that none is looked for again and again.
	noTags, noTargets, noScripts, noStyles bool
}

// skip passes what ends with the given bytes. none remembers that there is no such end.
func (c *counter) skip(end string, none *bool) bool {
	if *none {
		return false
	}
	i := bytes.Index(c.text[c.at:], []byte(end))
	if i < 0 {
		*none = true
		return false
	}
	c.at += i + len(end)
	return true
}

// tag passes a tag or comment, and the content of script and style.
func (c *counter) tag() bool {
	rest := c.text[c.at+1:]
	if len(rest) == 0 || (!alphanumeric(rest[0]) || rest[0] <= '9') && rest[0] != '/' && rest[0] != '!' && rest[0] != '?' {
		return false
	}
	if !c.skip(">", &c.noTags) {
		return false
	}
	if hasName(rest, "script") {
		c.skip("</script", &c.noScripts)
	} else if hasName(rest, "style") {
		c.skip("</style", &c.noStyles)
	}
	return true
}

func hasName(tag []byte, name string) bool {
	return len(tag) > len(name) && string(bytes.ToLower(tag[:len(name)])) == name && !alphanumeric(tag[len(name)])
}

// entity passes &name; and &#123;.
func (c *counter) entity() bool {
	const longest = 33 // The longest name that HTML has, with its marks.
	for i := 1; i < longest && c.at+i < len(c.text); i++ {
		b := c.text[c.at+i]
		if b == ';' && i > 1 {
			c.at += i + 1
			return true
		}
		if !alphanumeric(b) && (b != '#' || i > 1) {
			return false
		}
	}
	return false
}

// target passes the target of ](target).
func (c *counter) target() bool {
	return bytes.HasPrefix(c.text[c.at:], []byte("](")) && c.skip(")", &c.noTargets)
}

// word passes one word, or one character that is none.
func (c *counter) word(w *words) {
	start := c.at
	hangul := false
	for c.at < len(c.text) {
		r, n := utf8.DecodeRune(c.text[c.at:])
		ideograph, kana := han(r), kana(r)
		if ideograph || kana {
			if c.at > start {
				break
			}
			c.at += n
			w.all++
			if kana {
				w.kana++
			} else {
				w.han++
			}
			return
		}
		if r == ':' && c.at > start && bytes.HasPrefix(c.text[c.at:], []byte("://")) {
			c.url()
			break
		}
		if !inWord(r) && (r != '\'' && r != '’' || c.at == start) {
			if c.at == start {
				c.at += n
				return
			}
			break
		}
		hangul = hangul || r >= 0xAC00 && r <= 0xD7AF
		c.at += n
	}
	w.all++
	if hangul {
		w.hangul++
	}
}

// url passes the rest of a URL.
func (c *counter) url() {
	for c.at < len(c.text) && c.text[c.at] > ' ' && c.text[c.at] < utf8.RuneSelf && !bytes.ContainsRune([]byte(`<>"')]`), rune(c.text[c.at])) {
		c.at++
	}
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return alphanumeric(byte(r))
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M)
}

func han(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF
}

func kana(r rune) bool {
	return r >= 0x3041 && r <= 0x30FF && r != 0x30FB || r >= 0x31F0 && r <= 0x31FF || r >= 0xFF66 && r <= 0xFF9D
}

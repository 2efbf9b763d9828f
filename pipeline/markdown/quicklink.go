package markdown

import "strings"

// openLabel begins the text of a link.
func (q *quickText) openLabel(rest string) bool {
	if q.label >= 0 || rest == "" || rest[0] == '^' || rest[0] == ']' {
		return false
	}
	q.flush()
	q.skip(1)
	q.label, q.base = len(q.out), len(q.open)
	q.count++
	return true
}

// closeLabel ends the text of a link, and reads where it leads to.
func (q *quickText) closeLabel(rest string) bool {
	if q.label < 0 || len(q.open) != q.base {
		return false
	}
	q.flush()
	url, title, size := quickTarget(rest)
	if size == 0 || !shows(q.out[q.label:]) {
		return false
	}
	l := &link{url, title}
	for i := q.label; i < len(q.out); i++ {
		q.out[i].link = l
	}
	q.label = -1
	q.skip(1 + size)
	return true
}

// picture reads an image.
func (q *quickText) picture() bool {
	alt, from := "", q.at+len("![")
	at := from
	for ; at < len(q.s) && q.s[at] != ']'; at++ {
		switch c := q.s[at]; {
		case c == '\\' && at+1 < len(q.s) && isASCIIPunct(q.s[at+1]):
			alt += q.s[from:at]
			at++
			from = at
		case quickClasses[c] == refused || strings.IndexByte("\\`*_[<&!", c) >= 0:
			return false
		}
	}
	if at == len(q.s) {
		return false
	}
	alt += q.s[from:at]
	url, title, size := quickTarget(q.s[at+1:])
	if size == 0 {
		return false
	}
	q.flush()
	q.out = append(q.out, seg{kind: image, text: alt, src: url, title: title, marks: q.marks})
	q.skip(at + 1 + size - q.at)
	q.count++
	return true
}

// autolink reads an address between angle brackets.
func (q *quickText) autolink(url string) bool {
	scheme, rest, ok := strings.Cut(url, "://")
	if q.label >= 0 || !ok || scheme != "http" && scheme != "https" || rest == "" {
		return false
	}
	for i := range len(url) {
		if !isURLByte(url, i) {
			return false
		}
	}
	q.flush()
	q.out = append(q.out, seg{kind: text, text: url, marks: q.marks, link: &link{href: url}})
	q.skip(len(url) + len("<>"))
	return true
}

// isURLByte tells whether a byte of a URL is one that stays as it is.
func isURLByte(s string, at int) bool {
	c := s[at]
	return isAlnum(c) || strings.IndexByte("-._~:/?#@!$'*+,;=", c) >= 0 || c == '%' && at+2 < len(s) && isHex(s[at+1]) && isHex(s[at+2]) ||
		c == '&' && !isReference(s[at+1:])
}

// quickURL is where the URL ends that follows a bracket, at most at one that closes that.
func quickURL(s string) int {
	depth := 0
	for at := 1; at < len(s); at++ {
		switch {
		case s[at] == '(':
			depth++
		case s[at] == ')' && depth > 0:
			depth--
		case !isURLByte(s, at) && depth == 0:
			return at
		case !isURLByte(s, at):
			return len(s)
		}
	}
	return len(s)
}

// quickTarget reads (url "title"); size is 0 where there is none, or one that is not plain.
func quickTarget(s string) (url, title string, size int) {
	if len(s) == 0 || s[0] != '(' {
		return "", "", 0
	}
	at := quickURL(s)
	url = s[1:at]
	if url == "" || at == len(s) {
		return "", "", 0
	}
	if s[at] == ' ' && at+1 < len(s) && (s[at+1] == '"' || s[at+1] == '\'') {
		end := strings.IndexByte(s[at+2:], s[at+1])
		if end < 1 {
			return "", "", 0
		}
		title = s[at+2 : at+2+end]
		if strings.ContainsAny(title, "\\&") || hasControl(title) {
			return "", "", 0
		}
		at += end + len(` ""`)
	}
	if at >= len(s) || s[at] != ')' {
		return "", "", 0
	}
	return url, title, at + 1
}

// A quickClass says what a byte of text may be.
type quickClass byte

const (
	inert   quickClass = iota // text, wherever it stands in a line
	special                   // something else, at times
	refused                   // left to the parser of Markdown
)

var quickClasses = func() (classes [256]quickClass) {
	for c := range ' ' {
		classes[c] = refused
	}
	classes[0x7F], classes['~'], classes['$'] = refused, refused, refused
	for _, c := range []byte("\\*`<[]!_&:.@") {
		classes[c] = special
	}
	return classes
}()

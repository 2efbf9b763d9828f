package markup

import (
	"bytes"

	"github.com/yuin/goldmark/util"
)

// openLink begins the text of a link. That of one character may be a box to tick.
func (r *plainReader) openLink(at int) (next int) {
	rest := r.line[at+1:]
	if r.link.is || len(rest) < 2 || rest[0] == '^' || rest[0] == ']' || rest[1] == ']' {
		return at
	}
	r.flush(at)
	r.link = openLink{true, at, r.html.Len(), r.work, r.brackets}
	r.work += 1000 + 5*r.footnotes
	r.brackets++
	r.from = at + 1
	return r.from
}

// closeLink ends the text of a link, and reads where it leads to.
func (r *plainReader) closeLink(at int) (next int) {
	if !r.link.is {
		return at
	}
	url, title, size := plainTarget(r.line[at+1:])
	if size == 0 {
		return at
	}
	r.flush(at)
	r.label = append(r.label[:0], r.html.Bytes()[r.link.html:]...)
	r.html.Truncate(r.link.html)
	_, _ = r.html.WriteString(`<a href="`)
	r.writeURL(url)
	_ = r.html.WriteByte('"')
	r.writeTitle(title)
	_ = r.html.WriteByte('>')
	_, _ = r.html.Write(r.label)
	_, _ = r.html.WriteString("</a>")
	r.work += 1000
	r.brackets++
	r.link.is = false
	r.from = at + 1 + size
	return r.from
}

// picture reads an image.
func (r *plainReader) picture(at int) (next int) {
	rest := r.line[at+len("!["):]
	end := 0
	for end < len(rest) && (plainClasses[rest[end]] != special || rest[end] == ' ' || rest[end] == '(') {
		end++
	}
	if end == len(rest) || rest[end] != ']' || rest[0] == '^' {
		return at
	}
	url, title, size := plainTarget(rest[end+1:])
	if size == 0 {
		return at
	}
	r.flush(at)
	_, _ = r.html.WriteString(`<img src="`)
	r.writeURL(url)
	_, _ = r.html.WriteString(`" alt="`)
	textWriter.Write(r.html, rest[:end])
	_ = r.html.WriteByte('"')
	r.writeTitle(title)
	_ = r.html.WriteByte('>')
	r.work += 2000 + 5*r.footnotes
	r.brackets += 2
	r.from = at + len("![]") + end + size
	return r.from
}

func (r *plainReader) writeURL(url []byte) {
	for _, c := range url {
		if !isURLByte[c] || c == '&' {
			url = util.EscapeHTML(util.URLEscape(url, true))
			break
		}
	}
	_, _ = r.html.Write(url)
}

func (r *plainReader) writeTitle(title []byte) {
	if len(title) > 0 {
		_, _ = r.html.WriteString(` title="`)
		textWriter.Write(r.html, title)
		_ = r.html.WriteByte('"')
	}
}

// maxTarget is how many bytes a URL or a title may have.
const maxTarget = 2000

// plainTarget reads (url "title"); size is 0 where there is none, or one that is not plain.
func plainTarget(s []byte) (url, title []byte, size int) {
	s = s[:min(len(s), maxTarget)]
	if len(s) == 0 || s[0] != '(' {
		return nil, nil, 0
	}
	at := 1
	for at < len(s) && s[at] > ' ' && s[at] != '(' && s[at] != ')' && s[at] != '\\' {
		at++
	}
	if url = s[1:at]; len(url) == 0 || url[0] == '<' || at == len(s) {
		return nil, nil, 0
	}
	if bytes.HasPrefix(s[at:], []byte(` "`)) {
		title, _, _ = bytes.Cut(s[at+2:], []byte{'"'})
		if len(title) == 0 || bytes.ContainsAny(title, "\\\n") {
			return nil, nil, 0
		}
		at += len(title) + len(` ""`)
	}
	if at >= len(s) || s[at] != ')' {
		return nil, nil, 0
	}
	return url, title, at + 1
}

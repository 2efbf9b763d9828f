package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// attributes reads those of a start tag, from the end of its name on, and gives where the tag ends; -1 where there is more to
// say of them.
func (q *quickTree) attributes(at int) (attrs []html.Attribute, end int, closed bool) {
	first := len(q.attrs)
	if cap(q.attrs)-first < maxQuickAttrs {
		q.attrs, first = make([]html.Attribute, 0, 4*maxQuickAttrs), 0
	}
	text := q.text
	for {
		begin := at
		for at < len(text) && isSpace(text[at]) {
			at++
		}
		if closed = strings.HasPrefix(text[at:], "/>"); closed {
			at++
		}
		if at == len(text) || len(q.attrs)-first >= maxQuickAttrs {
			return nil, -1, false
		}
		if text[at] == '>' {
			break
		}
		if at == begin {
			return nil, -1, false
		}
		var a html.Attribute
		if a, at = attribute(text, at); at < 0 {
			return nil, -1, false
		}
		for i := first; i < len(q.attrs); i++ {
			if q.attrs[i].Key == a.Key {
				return nil, -1, false
			}
		}
		q.attrs = append(q.attrs, a)
	}
	if len(q.attrs) > first {
		attrs = q.attrs[first:len(q.attrs):len(q.attrs)]
	}
	return attrs, at + 1, closed
}

// attribute reads one, and gives where it ends, -1 where that is not plain.
func attribute(text string, at int) (a html.Attribute, end int) {
	from := at
	for at < len(text) && (text[at] >= 'a' && text[at] <= 'z' || text[at] == '-' || at > from && (text[at] >= '0' && text[at] <= '9' || text[at] == '_' || text[at] == ':')) {
		at++
	}
	if a.Key = text[from:at]; a.Key == "" || at+1 >= len(text) {
		return a, -1
	}
	if text[at] != '=' {
		return a, at
	}
	at++
	size := 0
	switch quote := text[at]; quote {
	case '"', '\'':
		at++
		if size = strings.IndexByte(text[at:], quote); size < 0 {
			return a, -1
		}
		end = at + size + 1
	default:
		for at+size < len(text) && (isLetter(text[at+size]) || text[at+size] >= '0' && text[at+size] <= '9' || strings.IndexByte("._#%-", text[at+size]) >= 0) {
			size++
		}
		if end = at + size; size == 0 || end == len(text) || text[end] != '>' && !isSpace(text[end]) {
			return a, -1
		}
	}
	var ok bool
	if a.Val, ok = plainValue(text[at : at+size]); !ok {
		return a, -1
	}
	return a, end
}

// plainValue reads the references in the value of an attribute; ok is false where one is not read as it is in text.
func plainValue(value string) (text string, ok bool) {
	at := strings.IndexByte(value, '&')
	if at < 0 {
		return value, true
	}
	var out strings.Builder
	for ; at >= 0; at = strings.IndexByte(value, '&') {
		out.WriteString(value[:at])
		value = value[at:]
		end := 1
		for end < len(value) && (isLetter(value[end]) || value[end] >= '0' && value[end] <= '9' || end == 1 && value[1] == '#') {
			end++
		}
		if end < len(value) && value[end] == '=' && value[1] != '#' || end == 1 { // It begins the name of a parameter, or nothing.
			out.WriteString(value[:end])
			value = value[end:]
			continue
		}
		if end < len(value) && value[end] == ';' {
			end++
		}
		read := html.UnescapeString(value[:end])
		if read != value[:end] && (value[end-1] != ';' || strings.HasSuffix(read, ";")) {
			return "", false
		}
		out.WriteString(read)
		value = value[end:]
	}
	out.WriteString(value)
	return out.String(), true
}

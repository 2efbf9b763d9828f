package markdown

import (
	"strconv"
	"strings"
)

// A quickReader reads back Markdown of the plainest kind: what most of an article is. It takes nothing that may mean
// several things, but gives up, so that what it does read is what the parser of Markdown would have made of it. It is
// many times as fast.
type quickReader struct {
	space []block // for blocks
	segs  []seg   // of all blocks
	quickText
}

const (
	maxQuick = 1 << 20 // bytes; the limits of a parse are far beyond what these may hold
	maxInner = 8       // quotes in quotes
)

// quickly gives the blocks of Markdown; ok is false where there is something that is not plain.
func quickly(md string) (kids []*block, ok bool) {
	if len(md) > maxQuick || strings.HasPrefix(md, "\ufeff") { // A byte order mark is no text.
		return nil, false
	}
	q := quickReader{segs: make([]seg, 0, 32)}
	return q.blocks(md, 0)
}

func (q *quickReader) blocks(md string, depth int) (kids []*block, ok bool) {
	for md != "" {
		if md[0] == '\n' {
			md = md[1:]
			continue
		}
		part, rest := cutBlock(md)
		var k *block
		switch {
		case strings.HasPrefix(md, "```"):
			if k, rest = q.fence(md); k == nil {
				return nil, false
			}
		case md[0] == '#':
			k = q.heading(part)
		case depth == 0 && strings.HasPrefix(md, "<!--"):
			k = q.comment(part)
		case part == "---" || part == "***":
			k = q.block(rule)
		case md[0] == '>' && depth < maxInner:
			k = q.quote(part, depth)
		case itemMark(md) != "":
			if len(kids) == 0 || kids[len(kids)-1].kind != list { // They may be one.
				k = q.list(part)
			}
		default:
			k = q.paragraph(part, inLines)
		}
		if k == nil {
			return nil, false
		}
		kids = append(kids, k)
		md = rest
	}
	return kids, true
}

// cutBlock cuts what stands before a blank line.
func cutBlock(md string) (part, rest string) {
	if i := strings.Index(md, "\n\n"); i >= 0 {
		return md[:i], md[i+2:]
	}
	return strings.TrimSuffix(md, "\n"), ""
}

func (q *quickReader) block(kind blockKind) *block {
	if len(q.space) == cap(q.space) {
		q.space = make([]block, 0, 16)
	}
	q.space = append(q.space, block{kind: kind})
	return &q.space[len(q.space)-1]
}

// paragraph reads text.
func (q *quickReader) paragraph(text string, at quickPlace) *block {
	segs, ok := q.text(q.segs[len(q.segs):], text, at)
	if !ok {
		return nil
	}
	q.keep(segs)
	k := q.block(paragraph)
	k.segs = segs[:len(segs):len(segs)]
	return k
}

// keep notes that segments stand in what is free of q.segs, or anywhere else.
func (q *quickReader) keep(segs []seg) {
	if len(q.segs)+len(segs) <= cap(q.segs) {
		q.segs = q.segs[:len(q.segs)+len(segs)]
		return
	}
	q.segs = make([]seg, 0, 64)
}

func (q *quickReader) heading(line string) *block {
	text := strings.TrimLeft(line, "#")
	level := len(line) - len(text)
	if level > 6 || len(text) < 2 || text[0] != ' ' || text[1] == ' ' || text[1] == '#' || text[len(text)-1] == '#' {
		return nil
	}
	k := q.paragraph(text[1:], inTitle)
	if k != nil {
		k.kind, k.level = heading, level
	}
	return k
}

// comment reads one that is alone in its line and says something.
func (q *quickReader) comment(part string) *block {
	text, ok := strings.CutPrefix(part, "<!-- ")
	text, ended := strings.CutSuffix(text, " -->")
	if !ok || !ended || hasControl(text) || strings.ContainsAny(text, "-<>&!") || !saysComment(text) {
		return nil
	}
	k := q.block(comment)
	k.text = text
	return k
}

// fence reads a listing, and gives what stands behind it.
func (q *quickReader) fence(md string) (k *block, rest string) {
	line, code, _ := strings.Cut(md, "\n")
	lang := strings.TrimLeft(line, "`")
	fence := line[:len(line)-len(lang)]
	for i := range len(lang) {
		if !isAlnum(lang[i]) && lang[i] != '-' && lang[i] != '+' && lang[i] != '.' && lang[i] != '#' {
			return nil, ""
		}
	}
	for at := 0; at < len(code); {
		line, _, ended := strings.Cut(code[at:], "\n")
		if !ended || strings.ContainsAny(line, "\r\x00") {
			return nil, ""
		}
		if line != fence {
			if strings.HasPrefix(strings.TrimLeft(line, " \t"), "```") {
				return nil, ""
			}
			at += len(line) + 1
			continue
		}
		rest = code[at+len(line)+1:]
		if rest != "" && rest[0] != '\n' {
			return nil, ""
		}
		k = q.block(pre)
		k.lang, k.text = strings.ToLower(lang), strings.TrimSuffix(code[:at], "\n")
		return k, rest
	}
	return nil, ""
}

// quote reads lines that all begin with the mark of a quote.
func (q *quickReader) quote(part string, depth int) *block {
	var inner strings.Builder
	for line := range strings.SplitSeq(part, "\n") {
		text, marked := strings.CutPrefix(line, "> ")
		if !marked && line != ">" {
			return nil
		}
		if marked {
			inner.WriteString(text)
		}
		inner.WriteByte('\n')
	}
	kids, ok := q.blocks(inner.String(), depth+1)
	if !ok || len(kids) == 0 {
		return nil
	}
	k := q.block(quote)
	k.kids = kids
	return k
}

// itemMark is what an item of a list begins with, "- " or "1. ", if the text does.
func itemMark(text string) string {
	if strings.HasPrefix(text, "- ") {
		return text[:2]
	}
	digits := 0
	for digits < len(text) && digits < 9 && text[digits] >= '0' && text[digits] <= '9' {
		digits++
	}
	if digits > 0 && strings.HasPrefix(text[digits:], ". ") {
		return text[:digits+2]
	}
	return ""
}

// list reads a list each of whose items is one line of text.
func (q *quickReader) list(part string) *block {
	l := q.block(list)
	l.level, l.ordered = 1, part[0] != '-'
	if l.ordered {
		l.level, _ = strconv.Atoi(strings.TrimSuffix(itemMark(part), ". "))
	}
	for line := range strings.SplitSeq(part, "\n") {
		mark := itemMark(line)
		if mark == "" || (mark[0] != '-') != l.ordered {
			return nil
		}
		text := line[len(mark):]
		if len(text) > 2 && text[0] == '[' && text[2] == ']' || itemMark(text) != "" { // A task, or a list in it.
			return nil
		}
		k := q.paragraph(text, inItem)
		if k == nil {
			return nil
		}
		it := q.block(item)
		it.kids = []*block{k}
		l.kids = append(l.kids, it)
	}
	return l
}

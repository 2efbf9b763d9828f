package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A textWriter writes the segments of one paragraph, heading or cell.
type textWriter struct {
	w       *writer
	segs    []seg
	rung    rung
	oneLine bool // line breaks are tags
	title   bool // it is a heading
	inCell  bool
	html    bool // it stands in HTML, where nothing is Markdown

	begin int // where the text begins in w.out
	delim int // where the last delimiter ends in w.out, 0 for none yet
	count counts
}

func (t *textWriter) write() {
	t.begin = len(t.w.out)
	t.count = countMarks(t.segs)
	t.run(0, len(t.segs), 0, nil)
}

// run writes the segments from i to j, within which the marks and the link stand already. Of the marks that
// begin at a segment the one that goes on for longest is outermost; links are never cut, code is innermost.
func (t *textWriter) run(i, j int, open marks, in *link) {
	for i < j {
		mark, end := t.longest(i, j, open, in)
		if mark != 0 {
			t.marked(mark, i, end, open, in)
			i = end
			continue
		}
		if l := t.segs[i].link; l != nil && in == nil {
			end = t.linkEnd(i, j)
			t.link(l, i, end, open)
			i = end
			continue
		}
		if end = t.placed(i, j, open, in); end == 0 {
			t.leaf(i, open)
			end = i + 1
		}
		i = end
	}
}

// placed writes an anchor as the id of the tag that follows, and gives where the segments in that end; 0 where
// no tag follows.
func (t *textWriter) placed(i, j int, open marks, in *link) int {
	const tags = highlighted | inserted | underlined | small | abbreviation | quotation | superscript | subscript | keyboard
	if t.segs[i].kind != anchor || i+1 >= j {
		return 0
	}
	m, end := t.longest(i+1, j, open, in)
	if m&tags == 0 {
		return 0
	}
	t.put("<" + m.tag() + ` id="` + attribute(t.segs[i].text) + `">`)
	t.run(i+1, end, open|m, in)
	t.put("</" + m.tag() + ">")
	return end
}

// linkEnd is where the link of segment i ends.
func (t *textWriter) linkEnd(i, j int) int {
	end := i + 1
	if t.segs[i].kind == hollow {
		return end
	}
	for end < j && t.segs[end].link == t.segs[i].link && t.segs[end].kind != hollow {
		end++
	}
	return end
}

// longest finds the mark to open at segment i, and where it ends; 0 where there is none, or a link comes first.
func (t *textWriter) longest(i, j int, open marks, in *link) (best marks, bestEnd int) {
	rest := t.segs[i].marks &^ open &^ code
	if rest == 0 {
		return 0, 0
	}
	link := i
	if t.segs[i].link != nil && in == nil {
		link = t.linkEnd(i, j)
	}
	for m := marks(1); m <= allMarks; m <<= 1 {
		if rest&m == 0 {
			continue
		}
		end := t.markEnd(m, i, j, in)
		if end >= link && end > bestEnd {
			best, bestEnd = m, end
		}
	}
	return best, bestEnd
}

// markEnd is where a mark that begins at segment i ends: before a link of which it has a part only.
func (t *textWriter) markEnd(m marks, i, j int, in *link) int {
	end := i
	for end < j {
		next := end + 1
		if in == nil && t.segs[end].link != nil {
			next = t.linkEnd(end, j)
		}
		for k := end; k < next; k++ {
			if t.segs[k].marks&m == 0 && t.segs[k].kind != anchor {
				if end == i { // Within the first link.
					return k
				}
				return t.withoutSpace(i, end)
			}
		}
		end = next
	}
	return t.withoutSpace(i, end)
}

// withoutSpace is where a run from i to end ends without anchors and spaces behind it.
func (t *textWriter) withoutSpace(i, end int) int {
	for end > i+1 && t.segs[end-1].kind == anchor {
		end--
	}
	return end
}

// marked writes segments between the delimiters or the tags of a mark.
func (t *textWriter) marked(m marks, i, j int, open marks, in *link) {
	if m&(strong|emphasis) != 0 && t.both(i, j, open, in) {
		t.put("***")
		t.delim = len(t.w.out)
		t.run(i, j, open|strong|emphasis, in)
		t.put("***")
		t.delim = len(t.w.out)
		return
	}
	if d := t.delimiter(m, i, j, open, in); d != "" {
		t.put(d)
		t.delim = len(t.w.out)
		t.run(i, j, open|m, in)
		t.put(d)
		t.delim = len(t.w.out)
		return
	}
	t.put("<" + m.tag() + ">")
	t.run(i, j, open|m, in)
	t.put("</" + m.tag() + ">")
}

// both tells whether the segments from i to j are strong and emphasized alike, with room for the
// delimiters of both at once.
func (t *textWriter) both(i, j int, open marks, in *link) bool {
	const m = strong | emphasis
	if open&m != 0 || t.rung >= tagged || t.delim == len(t.w.out) && t.delim > t.begin || t.touchesBehind(j, open, in) {
		return false
	}
	for k := i; k < j; k++ {
		if t.segs[k].marks&m != m {
			return false
		}
	}
	return t.flanks('*', i, j, open|m, in, m)
}

// delimiter is what a mark is written with, "" where it takes tags.
func (t *textWriter) delimiter(m marks, i, j int, open marks, in *link) string {
	if t.rung >= tagged {
		return ""
	}
	var candidates []string
	touches := t.delim == len(t.w.out) && t.delim > t.begin
	switch m {
	case strong:
		candidates = []string{"**"}
	case emphasis:
		candidates = []string{"*"}
		if touches || t.touchesBehind(j, open, in) || t.segs[i].marks&strong&^open != 0 || t.segs[j-1].marks&strong&^open != 0 {
			candidates = []string{"_", "*"}
		}
	case deleted:
		if t.count.tildes > 0 || touches && strings.HasSuffix(string(t.w.out), "~") {
			return ""
		}
		candidates = []string{"~~"}
	}
	for _, c := range candidates {
		if touches && t.w.out[len(t.w.out)-1] == c[0] && t.closedAt(len(t.w.out)) {
			continue
		}
		if t.flanks(c[0], i, j, open, in, m) {
			return c
		}
	}
	return ""
}

// closedAt tells whether a delimiter that closes would run into one that opens here.
func (t *textWriter) closedAt(at int) bool {
	// What was opened just before stands directly before its own text; what was closed stands behind text.
	k := at
	for k > t.begin && (t.w.out[k-1] == '*' || t.w.out[k-1] == '_' || t.w.out[k-1] == '~') {
		k--
	}
	if k == t.begin {
		return false
	}
	r, _ := utf8.DecodeLastRune(t.w.out[:k])
	return !unicode.IsSpace(r)
}

// touchesBehind tells whether a delimiter follows directly behind the segments before j.
func (t *textWriter) touchesBehind(j int, open marks, in *link) bool {
	if j >= len(t.segs) {
		return open&(strong|emphasis) != 0
	}
	s := t.segs[j]
	return s.marks&^open&(strong|emphasis) != 0 || open&^s.marks&(strong|emphasis) != 0
}

// flanks tells whether delimiters around the segments from i to j will be read as such.
func (t *textWriter) flanks(c byte, i, j int, open marks, in *link, m marks) bool {
	before := t.before()
	first := t.firstRune(i, open|m, in)
	last := t.lastRune(j-1, open|m, in)
	after := t.after(j, open, in)
	left := !isSpace(first) && (!isPunct(first) || isSpace(before) || isPunct(before))
	right := !isSpace(last) && (!isPunct(last) || isSpace(after) || isPunct(after))
	if !left || !right {
		return false
	}
	if c != '_' {
		return true
	}
	alsoRight := !isSpace(before) && (!isPunct(before) || isSpace(first) || isPunct(first))
	alsoLeft := !isSpace(after) && (!isPunct(after) || isSpace(last) || isPunct(last))
	return (!alsoRight || isPunct(before)) && (!alsoLeft || isPunct(after))
}

// before is the last character written, a space at the beginning of a line.
func (t *textWriter) before() rune {
	if len(t.w.out) == t.begin {
		if t.inCell {
			return ' '
		}
		return '\n'
	}
	r, _ := utf8.DecodeLastRune(t.w.out)
	return r
}

// firstRune is the first character that segment i will be written as.
func (t *textWriter) firstRune(i int, open marks, in *link) rune {
	s := &t.segs[i]
	if s.kind != text || s.marks&^open != 0 || s.link != in {
		return '<'
	}
	r, _ := utf8.DecodeRuneInString(s.text)
	return r
}

func (t *textWriter) lastRune(i int, open marks, in *link) rune {
	s := &t.segs[i]
	if s.kind != text || s.marks&^open != 0 || s.link != in {
		return '>'
	}
	r, _ := utf8.DecodeLastRuneInString(s.text)
	return r
}

// after is the first character that will stand behind the segments before j.
func (t *textWriter) after(j int, open marks, in *link) rune {
	if j >= len(t.segs) {
		if open != 0 || in != nil {
			return '*'
		}
		return '\n'
	}
	s := &t.segs[j]
	if open&^s.marks != 0 && s.kind != anchor || s.link != in {
		return '*'
	}
	if s.kind == lineBreak {
		return '\\'
	}
	return t.firstRune(j, open, in)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// isPunct is what goldmark takes for punctuation.
func isPunct(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// put appends what needs no escape.
func (t *textWriter) put(s string) { t.w.out = append(t.w.out, s...) }

func (t *textWriter) link(l *link, i, j int, open marks) {
	s := &t.segs[i]
	switch {
	case t.rung >= tagged || hasStrayPercent(l.href):
		t.put(`<a href="` + attribute(l.href) + `"`)
		if l.title != "" {
			t.put(` title="` + attribute(l.title) + `"`)
		}
		t.put(">")
		t.linked(i, j, open, l)
		t.put("</a>")
	case j == i+1 && s.kind == text && s.marks == 0 && open == 0 && l.title == "" && isAutolink(s.text, l.href) && !t.inCell:
		t.put("<" + s.text + ">")
	default:
		t.put("[")
		t.linked(i, j, open, l)
		t.put("](")
		t.destination(l.href, l.title)
		t.put(")")
	}
}

func (t *textWriter) linked(i, j int, open marks, l *link) {
	if t.segs[i].kind != hollow {
		t.run(i, j, open, l)
	}
}

// isAutolink tells whether <text> is a link to href that shows the text.
func isAutolink(text, href string) bool {
	if strings.ContainsAny(text, " <>\\`*_[]|~&\"'") || !isASCII(text) {
		return false
	}
	scheme, rest, ok := strings.Cut(text, ":")
	return ok && text == href && len(scheme) >= 2 && len(scheme) <= 32 && rest != "" && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz") == ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] <= ' ' || s[i] == 0x7F {
			return false
		}
	}
	return true
}

// destination writes a URL and a title as they stand in a link.
func (t *textWriter) destination(url, title string) {
	spelled := escapeDestination(url)
	switch {
	case spelled == "" && title != "":
		t.put("<>")
	case !balanced(spelled):
		t.put("<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(spelled) + ">")
	default:
		t.put(spelled)
	}
	if title != "" {
		quote := `"`
		if strings.Contains(title, `"`) && !strings.Contains(title, "'") {
			quote = "'"
		}
		t.put(" " + quote + escapeTitle(title, quote[0], t.inCell) + quote)
	}
}

func balanced(url string) bool {
	depth := 0
	for i := range len(url) {
		switch url[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// leaf writes one segment.
func (t *textWriter) leaf(i int, open marks) {
	s := &t.segs[i]
	switch s.kind {
	case lineBreak:
		if t.oneLine || t.rung >= rawHTML || i+1 < len(t.segs) && strings.HasPrefix(t.segs[i+1].text, "<iframe") {
			t.put("<br>")
			return
		}
		t.put("\\")
		t.w.end()
		t.w.start()
		t.begin = len(t.w.out)
	case image:
		t.image(s)
	case media:
		t.put(s.text)
	case anchor:
		t.put(`<a id="` + attribute(s.text) + `"></a>`)
	case noteRef:
		if t.html {
			t.put(`<sup id="fnref:` + s.text + `"><a href="#fn:` + s.text + `" class="footnote-ref">` + s.text + "</a></sup>")
			return
		}
		t.put("[^" + s.text + "]")
	case text:
		switch {
		case s.marks&code != 0:
			t.code(s.text)
		case t.html:
			t.put(html.EscapeString(s.text))
		default:
			t.text(i)
		}
	}
}

func (t *textWriter) image(s *seg) {
	if t.rung >= tagged || hasStrayPercent(s.src) {
		t.put(`<img src="` + attribute(s.src) + `" alt="` + attribute(s.text) + `"`)
		if s.title != "" {
			t.put(` title="` + attribute(s.title) + `"`)
		}
		t.put(">")
		return
	}
	t.put("![" + escapeAlt(s.text, t.inCell) + "](")
	t.destination(s.src, s.title)
	t.put(")")
}

// code writes inline code.
func (t *textWriter) code(s string) {
	if t.rung >= tagged {
		body := html.EscapeString(s)
		if !t.html {
			body = escapeAll(s)
		}
		t.put("<code>" + body + "</code>")
		return
	}
	ticks, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		ticks = max(ticks, run)
	}
	fence := "`"
	for strings.Contains(s, fence) {
		if fence += "`"; len(fence) > ticks+1 {
			break
		}
	}
	for hasRun(s, len(fence)) {
		fence += "`"
	}
	pad := ""
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		pad = " "
	}
	if t.inCell {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	fmt.Fprintf(t, "%s%s%s%s%s", fence, pad, s, pad, fence)
}

// hasRun tells whether a run of exactly n backticks stands in a text.
func hasRun(s string, n int) bool {
	run := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] == '`' {
			run++
			continue
		}
		if run == n {
			return true
		}
		run = 0
	}
	return false
}

// Write implements io.Writer.
func (t *textWriter) Write(p []byte) (int, error) {
	t.w.out = append(t.w.out, p...)
	return len(p), nil
}

package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

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
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' && s != " " {
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

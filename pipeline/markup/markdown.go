package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"copydesk/pipeline"
)

// readMarkdown fills in the outline of a Markdown body.
func readMarkdown(b *Body) {
	source := b.Span.Of(b.Text)
	base := b.Span.Start + len(source) - len(trimBOM(source))
	source = trimBOM(source)
	if b.Err = checkMarkdown(source); b.Err != nil {
		return
	}
	p := newParse(source)
	root := p.run(markdown())
	w := &walker{outline: newOutline(b), parse: p, source: source, base: base}
	_ = ast.Walk(root, w.visit) // visit returns no error
	w.outline.finish(b.Span.End)
	if b.Err == nil {
		b.Err = p.err
	}
	b.doc = root
}

// A walker goes through the tree of a Markdown body and tells an outline what it meets.
type walker struct {
	outline *outline
	parse   *parse
	source  []byte // what was parsed
	base    int    // its offset in the text
}

func (w *walker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n, entering)
	case *ast.Link:
		w.link(n, entering)
	case *ast.LinkReferenceDefinition:
		if entering {
			w.definition(n)
		}
	case *ast.Text:
		if entering {
			w.text(n)
		}
	case *ast.HTMLBlock:
		if entering {
			w.html(htmlLines(n))
		}
	default:
		if entering && w.leaf(n) {
			return ast.WalkSkipChildren, nil
		}
	}
	return ast.WalkContinue, nil
}

// leaf handles the inline nodes whose children need no visit; it returns false for all other nodes.
func (w *walker) leaf(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.RawHTML:
		w.html(n.Segments)
	case *ast.CodeSpan, *mathSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				w.outline.addDecoded(string(t.Value(w.source)))
			}
		}
	default:
		return false
	}
	return true
}

func (w *walker) heading(n *ast.Heading, entering bool) {
	o := w.outline
	if !entering {
		o.leave(n)
		return
	}
	h := Heading{Level: n.Level, Span: w.headingSpan(n)}
	if id, ok := n.AttributeString("id"); ok {
		h.ID = string(id.([]byte))
	}
	o.body.Headings = append(o.body.Headings, h)
	o.enter(span{node: n, element: -1, heading: len(o.body.Headings) - 1, link: -1})
}

// headingSpan is from the first # to the end of its line, or from the text to the end of its underline.
func (w *walker) headingSpan(n *ast.Heading) pipeline.Span {
	start := max(n.Pos(), 0)
	end := start
	if lines := n.Lines(); lines.Len() > 0 {
		first, last := lines.At(0), lines.At(lines.Len()-1)
		end = max(start, last.Stop)
		if first.Start == start { // There are no # before it: it is underlined.
			end = w.lineEnd(last.Start) + 1
		}
	}
	end = w.lineEnd(min(end, len(w.source)))
	for end > start && isSpace(w.source[end-1]) {
		end--
	}
	return pipeline.Span{Start: start, End: end}.Shift(w.base)
}

// lineEnd is the offset of the line break behind at, or the end.
func (w *walker) lineEnd(at int) int {
	for at < len(w.source) && w.source[at] != '\n' {
		at++
	}
	return at
}

func (w *walker) link(n *ast.Link, entering bool) {
	o := w.outline
	if !entering {
		o.leave(n)
		return
	}
	l := Link{URL: markdownURL(n.Destination), URLSpan: w.place(n.Destination), Span: w.span(n), Element: -1}
	o.body.Links = append(o.body.Links, l)
	o.enter(span{node: n, element: -1, heading: -1, link: len(o.body.Links) - 1})
}

func (w *walker) image(n *ast.Image) {
	o := w.outline
	o.body.Images = append(o.body.Images, Image{
		URL: markdownURL(n.Destination), URLSpan: w.place(n.Destination), Span: w.span(n),
		Alt: collapse(plainText(n, w.source)), HasAlt: true, Title: collapse(unescape(n.Title)), Element: -1, Link: o.linkAround(),
	})
}

func (w *walker) definition(n *ast.LinkReferenceDefinition) {
	lines := n.Lines()
	whole := pipeline.Span{Start: lines.At(0).Start, End: lines.At(lines.Len() - 1).Stop}
	for whole.Len() > 0 && isSpace(w.source[whole.End-1]) {
		whole.End--
	}
	w.outline.body.Links = append(w.outline.body.Links, Link{
		URL: markdownURL(n.Destination), URLSpan: w.place(n.Destination),
		Text: collapse(string(n.Label)), Span: whole.Shift(w.base), Element: -1,
	})
}

// autoLink adds <url>, <mail@example.org>, or a URL that GFM links where it stands.
func (w *walker) autoLink(n *ast.AutoLink) {
	label := n.Label(w.source)
	l := Link{URL: string(n.URL(w.source)), URLSpan: w.place(label), Text: string(label), Element: -1}
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(l.URL), "mailto:") {
		l.URL = "mailto:" + l.URL
	}
	l.Span = l.URLSpan
	if s := l.Span.Shift(-w.base); s.Start > 0 && w.source[s.Start-1] == '<' && s.End < len(w.source) && w.source[s.End] == '>' {
		l.Span.Start--
		l.Span.End++
	}
	w.outline.body.Links = append(w.outline.body.Links, l)
	w.outline.addDecoded(l.Text)
}

func (w *walker) text(n *ast.Text) {
	if len(w.outline.open) == 0 {
		return
	}
	w.outline.addDecoded(unescape(n.Value(w.source)))
	if n.SoftLineBreak() || n.HardLineBreak() {
		w.outline.addDecoded(" ")
	}
}

// html reads the raw HTML in some lines. Where they are not all of the source between the first and the
// last, as in a quote, what is not theirs is read as spaces, so that places stay true.
func (w *walker) html(lines *text.Segments) {
	if lines.Len() == 0 {
		return
	}
	first, last := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	raw, at := w.source[first:last], first
	for i, copied := 0, false; i < lines.Len(); i++ {
		if s := lines.At(i); s.Start > at {
			if !copied {
				raw, copied = append([]byte(nil), raw...), true
			}
			for j := at; j < s.Start; j++ {
				raw[j-first] = ' '
			}
		}
		at = lines.At(i).Stop
	}
	for t := range Scan(raw, w.base+first) {
		w.outline.token(&t)
	}
}

// htmlLines gives all lines of a block of raw HTML.
func htmlLines(n *ast.HTMLBlock) *text.Segments {
	if !n.HasClosure() {
		return n.Lines()
	}
	all := text.NewSegments()
	all.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	all.Append(n.ClosureLine)
	return all
}

// span is all of a link or an image.
func (w *walker) span(n ast.Node) pipeline.Span {
	start := max(n.Pos(), 0)
	return pipeline.Span{Start: start, End: max(start, w.parse.ends[n])}.Shift(w.base)
}

// place is where a part of the source stands; empty when that can't be told.
func (w *walker) place(part []byte) pipeline.Span {
	at := w.parse.place(part)
	if at < 0 {
		return pipeline.Span{}
	}
	return pipeline.Span{Start: at, End: at + len(part)}.Shift(w.base)
}

// markdownURL decodes what stands as a link's destination.
func markdownURL(destination []byte) string { return cleanURL(unescape(destination)) }

// unescape decodes backslash escapes and character references.
func unescape(s []byte) string {
	if !bytes.ContainsAny(s, "\\&") {
		return string(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			out = append(out, s[i])
		case s[i] == '&' && bytes.IndexByte(s[i:], ';') > 0:
			end := i + bytes.IndexByte(s[i:], ';') + 1
			if bytes.ContainsAny(s[i+1:end], "&\\") { // It is none, and another one may begin in it, or not.
				out = append(out, '&')
				continue
			}
			out = append(out, util.ResolveEntityNames(util.ResolveNumericReferences(s[i:end]))...)
			i = end - 1
		default:
			out = append(out, s[i])
		}
	}
	return string(out)
}

// plainText is the text of a node's children, as an alt attribute has it.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if !entering {
				break
			}
			if n.IsRaw() {
				b.Write(n.Value(source))
			} else {
				b.WriteString(unescape(n.Value(source)))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func collapse(text string) string { return strings.Join(strings.Fields(text), " ") }

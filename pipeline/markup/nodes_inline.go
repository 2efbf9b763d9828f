package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"

	"copydesk/pipeline"
)

// inlines makes nodes of the text in a block, and of what stands in it.
func (r *markdownNodes) inlines(parent ast.Node) []*Node {
	t := texts{}
	for c := parent.FirstChild(); c != nil && r.count <= maxNodes; c = c.NextSibling() {
		r.count++
		switch n := c.(type) {
		case *ast.Text:
			r.text(&t, n)
		case *ast.String:
			t.text(string(n.Value), pipeline.Span{})
		case *mathSpan: // There is no node for it but its text.
			for part := n.FirstChild(); part != nil; part = part.NextSibling() {
				if text, ok := part.(*ast.Text); ok {
					r.text(&t, text)
				}
			}
		case *extension.TaskCheckBox, *extension.FootnoteBacklink:
		default:
			if k := r.inline(c); k != nil {
				t.flush()
				t.nodes = append(t.nodes, k)
			}
		}
	}
	t.flush()
	return t.nodes
}

// text adds text, and the line break behind it.
func (r *markdownNodes) text(t *texts, n *ast.Text) {
	s := n.Segment
	value := n.Value(r.source)
	decoded := unescape(value)
	if n.IsRaw() {
		decoded = string(value)
	}
	decoded = strings.ReplaceAll(decoded, "\x00", "\uFFFD")
	if n.SoftLineBreak() {
		decoded += "\n"
	}
	t.text(decoded, r.behind(t.nodes, pipeline.Span{Start: s.Start, End: s.Stop}))
	if n.HardLineBreak() {
		t.flush()
		t.nodes = append(t.nodes, &Node{Type: "break", Span: r.breakAt(s.Stop)})
	}
}

// behind is where a text stands that follows nodes. Of marks that close emphasis and are more than it needs,
// goldmark gives the place of the first, not of those that are left.
func (r *markdownNodes) behind(nodes []*Node, s pipeline.Span) pipeline.Span {
	if len(nodes) == 0 || s.Start >= nodes[len(nodes)-1].Span.End {
		return s
	}
	moved := s.Shift(nodes[len(nodes)-1].Span.End - s.Start)
	if moved.End > len(r.source) || !bytes.Equal(moved.Of(r.source), s.Of(r.source)) {
		return pipeline.Span{}
	}
	return moved
}

// texts are nodes in which text that stands together is one.
type texts struct {
	nodes   []*Node
	value   strings.Builder
	span    pipeline.Span
	unknown bool // where the text stands
}

func (t *texts) text(value string, span pipeline.Span) {
	if value == "" {
		return
	}
	if t.value.Len() == 0 {
		t.span, t.unknown = span, false
	}
	t.unknown = t.unknown || span.Len() == 0 && value != "\n"
	t.span.End = max(t.span.End, span.End)
	t.value.WriteString(value)
}

func (t *texts) flush() {
	if t.value.Len() == 0 {
		return
	}
	if t.unknown {
		t.span = pipeline.Span{}
	}
	t.nodes = append(t.nodes, textNode(t.value.String(), t.span))
	t.value.Reset()
}

// breakAt is the backslash, or the spaces, of a hard line break behind a text.
func (r *markdownNodes) breakAt(at int) pipeline.Span {
	end := at
	for end < len(r.source) && (isBlank(r.source[end]) || r.source[end] == '\\') {
		end++
	}
	return pipeline.Span{Start: at, End: end}
}

func (r *markdownNodes) inline(n ast.Node) *Node {
	switch n := n.(type) {
	case *ast.Emphasis:
		out := &Node{Type: "emphasis", Children: r.inlines(n)}
		if n.Level == 2 {
			out.Type = "strong"
		}
		out.Span = r.marked(out.Children, n.Level, "*_")
		return out
	case *extension.Strikethrough:
		out := &Node{Type: "delete", Children: r.inlines(n)}
		if out.Span = r.marked(out.Children, 2, "~"); out.Span.Len() == 0 {
			out.Span = r.marked(out.Children, 1, "~")
		}
		return out
	case *ast.CodeSpan:
		return r.codeSpan(n)
	case *ast.Link:
		return &Node{Type: "link", URL: unescape(n.Destination), Title: unescape(n.Title), Children: r.inlines(n), Span: r.linkSpan(n)}
	case *ast.Image:
		return &Node{Type: "image", URL: unescape(n.Destination), Title: unescape(n.Title), Alt: plainText(n, r.source), Span: r.linkSpan(n)}
	case *ast.AutoLink:
		return r.autoLink(n)
	case *ast.RawHTML:
		return r.rawHTML(n)
	case *extension.FootnoteLink:
		out := &Node{Type: "footnoteReference", Label: r.labels[n.Index]}
		if mark := "[^" + out.Label + "]"; n.Pos() >= 0 && bytes.HasPrefix(r.source[min(n.Pos(), len(r.source)):], []byte(mark)) {
			out.Span = pipeline.Span{Start: n.Pos(), End: n.Pos() + len(mark)}
		}
		return out
	}
	return nil
}

// marked is the span of what stands between marks of emphasis.
func (r *markdownNodes) marked(children []*Node, level int, marks string) pipeline.Span {
	s := extent(children)
	if s.Len() == 0 || s.Start < level || s.End+level > len(r.source) {
		return pipeline.Span{}
	}
	for i := range level {
		before, after := r.source[s.Start-1-i], r.source[s.End+i]
		if before != after || strings.IndexByte(marks, before) < 0 {
			return pipeline.Span{}
		}
	}
	return pipeline.Span{Start: s.Start - level, End: s.End + level}
}

func (r *markdownNodes) linkSpan(n ast.Node) pipeline.Span {
	start := max(n.Pos(), 0)
	return pipeline.Span{Start: start, End: max(start, r.parse.ends[n])}
}

func (r *markdownNodes) codeSpan(n *ast.CodeSpan) *Node {
	out := &Node{Type: "inlineCode"}
	var value []byte
	end := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			value = append(value, t.Value(r.source)...)
			end = t.Segment.Stop
		}
	}
	out.Value = strings.ReplaceAll(strings.ReplaceAll(string(value), "\r\n", " "), "\n", " ")
	start, ticks := n.Pos(), 0
	for start >= 0 && start+ticks < len(r.source) && r.source[start+ticks] == '`' {
		ticks++
	}
	for end < len(r.source) && r.source[end] != '`' && (isSpace(r.source[end]) || r.source[end] == '>') {
		end++
	}
	if ticks > 0 && bytes.HasPrefix(r.source[end:], r.source[start:start+ticks]) {
		out.Span = pipeline.Span{Start: start, End: end + ticks}
	}
	return out
}

func (r *markdownNodes) autoLink(n *ast.AutoLink) *Node {
	label := n.Label(r.source)
	out := &Node{Type: "link", URL: string(n.URL(r.source))}
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(out.URL), "mailto:") {
		out.URL = "mailto:" + out.URL
	}
	if at := r.parse.place(label); at >= 0 {
		out.Span = pipeline.Span{Start: at, End: at + len(label)}
	}
	out.Children = []*Node{textNode(string(label), out.Span)}
	if s := out.Span; s.Start > 0 && s.End < len(r.source) && r.source[s.Start-1] == '<' && r.source[s.End] == '>' {
		out.Span = pipeline.Span{Start: s.Start - 1, End: s.End + 1}
	}
	return out
}

func (r *markdownNodes) rawHTML(n *ast.RawHTML) *Node {
	out := &Node{Type: "html"}
	var value []byte
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		value = append(value, s.Value(r.source)...)
	}
	if k := n.Segments.Len(); k > 0 {
		out.Span = pipeline.Span{Start: n.Segments.At(0).Start, End: n.Segments.At(k - 1).Stop}
	}
	out.Value = string(value)
	return out
}

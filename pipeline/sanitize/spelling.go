package sanitize

import (
	"bytes"
	"slices"
	"strings"

	"copydesk/pipeline/markup"
)

// spellings are ways to spell HTML so that it is the same read as Markdown, the best first.
func (p *Policy) spellings() []func([]byte) []byte {
	as := func(before, after string) func([]byte) []byte {
		return func(fragment []byte) []byte { return oneBlock(fragment, before, after) }
	}
	switch {
	case p.elements["div"] != nil:
		return []func([]byte) []byte{as("<div>\n", "\n</div>")}
	case p.elements["p"] != nil:
		return []func([]byte) []byte{as("<p></p>\n", "")}
	}
	return []func([]byte) []byte{ // Blocks are lost anyway; there may be nothing but text.
		func(fragment []byte) []byte { return append(bytes.TrimSpace(fragment), '\n') },
		as("", ""),
		func(fragment []byte) []byte { return oneBlock(withoutMarkdown(fragment), "", "") },
	}
}

// oneBlock spells HTML so that Markdown takes all of it for one block of raw HTML: it begins with a tag
// that such a block begins with, and has no blank line.
func oneBlock(fragment []byte, before, after string) []byte {
	out := bytes.TrimSpace(fragment)
	if !beginsBlock(out) {
		out = slices.Concat([]byte(before), out, []byte(after))
	}
	var b bytes.Buffer
	blank := false // nothing but blanks since the last line break
	for t := range markup.Scan(out, 0) {
		for i := t.Span.Start; i < t.Span.End; i++ {
			c := out[i]
			if c == '\n' && blank {
				if isText(t, i) {
					b.WriteString("&#10;")
				}
				continue
			}
			blank = c == '\n' || blank && (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v')
			b.WriteByte(c)
		}
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// beginsBlock tells whether HTML begins with a tag that begins a block in Markdown, up to a blank line.
// Source: CommonMark 0.31.2, 4.6, HTML blocks, condition 6.
func beginsBlock(fragment []byte) bool {
	name, _, ok := bytes.Cut(fragment, []byte(">"))
	return ok && strings.HasPrefix(string(name), "<") && strings.Contains(" div p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote details figure section article ", " "+string(name[1:])+" ")
}

// withoutMarkdown writes the characters of texts that mean something in Markdown as character references.
func withoutMarkdown(fragment []byte) []byte {
	var b bytes.Buffer
	for t := range markup.Scan(fragment, 0) {
		raw := string(t.Span.Of(fragment))
		if t.Kind == markup.Text {
			for line := range strings.SplitAfterSeq(raw, "\n") {
				writeWithoutMarkdown(&b, line)
			}
			continue
		}
		b.WriteString(raw)
	}
	return b.Bytes()
}

// writeWithoutMarkdown writes a line of text. Blanks at its ends and a number sign count there only.
func writeWithoutMarkdown(b *bytes.Buffer, line string) {
	text := strings.TrimRight(line, "\n")
	for _, c := range []struct{ lead, as string }{{" ", "&#32;"}, {"\t", "&#9;"}, {"#", "&#35;"}} {
		if rest, ok := strings.CutPrefix(text, c.lead); ok {
			b.WriteString(c.as)
			text = rest
			break
		}
	}
	rest, last := strings.CutSuffix(text, " ")
	_, _ = escapeMarkdown.WriteString(b, rest)
	if last {
		b.WriteString("&#32;")
	}
	b.WriteString(strings.Repeat("\n", strings.Count(line, "\n")))
}

var escapeMarkdown = strings.NewReplacer("`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "(", "&#40;", ")", "&#41;",
	"+", "&#43;", "-", "&#45;", ".", "&#46;", "!", "&#33;", "|", "&#124;", "~", "&#126;", "=", "&#61;", ":", "&#58;", "@", "&#64;", `\`, "&#92;", "/", "&#47;", "<", "&lt;", ">", "&gt;")

// isText tells whether a byte of a token stands where character references are read: in text or in
// an attribute's value, and not between the parts of a tag or in a comment.
func isText(t markup.Token, at int) bool {
	return t.Kind == markup.Text || slices.ContainsFunc(t.Attrs, func(a markup.Attr) bool { return a.ValueSpan.Contains(at) })
}

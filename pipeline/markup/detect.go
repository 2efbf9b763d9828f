package markup

import (
	"bytes"
	"path"
	"strings"

	"copydesk/pipeline"
)

// detectBytes is how much of a body is looked at to find its format.
const detectBytes = 64 << 10

// Detect finds what a body is written in. name is the file's: .html and .htm are HTML, .mdx is Markdown; a
// body in any other file is HTML when its text stands in HTML blocks, as scraped archives have it, and
// Markdown if not.
func Detect(name string, body []byte) pipeline.Format {
	if format, plain := atFirstSight(name, body); plain {
		return format
	}
	body = trimMarks(body)
	body = body[:min(len(body), detectBytes)]
	var w weigher
	var t Token
	for s := (scanner{text: body, lean: true}); s.at < len(body); {
		if s.next(&t); !w.token(&t, t.Span.Of(body)) {
			return pipeline.Markdown
		}
	}
	if w.isHTML() {
		return pipeline.HTML
	}
	return pipeline.Markdown
}

// formatOnly marks a document of which nobody has asked more than the format so far.
var formatOnly = pipeline.NewReading(func(*pipeline.Document) bool { return true })

// FormatOf is the document's BodyFormat for those who may never ask for its Body: where DetectIn has to find the
// format, it reads no more than that takes.
func FormatOf(d *pipeline.Document) pipeline.Format {
	if d.Format == "" {
		formatOnly.Of(d)
	}
	return d.BodyFormat()
}

// weighed marks a document whose format DetectIn has found by weighing all of its body.
var weighed = pipeline.NewReading(func(*pipeline.Document) bool { return false })

// Weighed tells whether the format of a document was found by weighing all of its body as it is now, by that of its
// tags and text which stands outside of their attributes.
func Weighed(d *pipeline.Document) bool {
	known, _ := weighed.Known(d)
	return known
}

// NoteWeighed makes Weighed true for a document, of whose body somebody has a copy for which it is.
func NoteWeighed(d *pipeline.Document) {
	if !Weighed(d) {
		weighed.Keep(d, true)
	}
}

// DetectIn is Detect for the body of a document. What it reads of HTML to weigh it is kept, so that Of
// need not read it again.
func DetectIn(name string, d *pipeline.Document) pipeline.Format {
	span := d.Body()
	body := span.Of(d.Text)
	if format, plain := atFirstSight(name, body); plain {
		return format
	}
	if len(body) > detectBytes || len(trimMarks(body)) < len(body) {
		return Detect(name, body) // It is not all of the body that is weighed.
	}
	weighed.Keep(d, true)
	if only, _ := formatOnly.Known(d); only {
		return Detect(name, body)
	}
	var w weigher
	b := &Body{Format: pipeline.HTML, Text: d.Text, Span: span}
	if !readHTML(b, &w) || !w.isHTML() {
		return pipeline.Markdown
	}
	reading.Keep(d, b)
	return pipeline.HTML
}

// atFirstSight is what Detect finds where it need not weigh the body.
func atFirstSight(name string, body []byte) (format pipeline.Format, plain bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return pipeline.HTML, true
	case ".mdx":
		return pipeline.Markdown, true
	}
	head := bytes.TrimLeft(body, " \t\r\n\f\uFEFF")
	return pipeline.Markdown, len(head) == 0 || head[0] != '<'
}

// trimMarks takes away all byte order marks at the beginning. Some files have several, and what one is written in
// must not depend on how many are taken away.
func trimMarks(text []byte) []byte { return bytes.TrimLeft(text, "\uFEFF") }

func trimBOM(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\uFEFF")) }

// A weigher weighs the text inside and outside of the block elements of a body.
type weigher struct {
	stack           []string // the open block elements
	blocks          int      // how many there were
	inside, outside int      // bytes of text
	signs           int      // paragraphs that begin as blocks of Markdown do
}

// isHTML is the verdict: nearly all text stands in block elements, or most of it and none looks like Markdown.
func (w *weigher) isHTML() bool {
	if w.blocks == 0 || w.signs > w.blocks/20 {
		return false
	}
	return w.outside*8 <= w.inside || w.signs == 0 && w.outside <= w.inside
}

// token takes one token; it returns false when what comes first is no HTML block.
func (w *weigher) token(t *Token, raw []byte) bool {
	switch t.Kind {
	case Text:
		n := trimmedLen(raw)
		if len(w.stack) == 0 {
			w.outside += n
		} else {
			w.inside += n
		}
		if n > 0 && w.mayHoldMarkdown() {
			w.signs += markdownSigns(raw)
		}
	case StartTag:
		if !IsBlock(t.Name) {
			return w.blocks > 0
		}
		w.blocks++
		if t.Name != "p" || len(w.stack) == 0 || w.stack[len(w.stack)-1] != "p" {
			w.stack = append(w.stack, t.Name)
		}
	case EndTag:
		for i := len(w.stack) - 1; i >= 0 && i >= len(w.stack)-8; i-- {
			if w.stack[i] == t.Name {
				w.stack = w.stack[:i]
				break
			}
		}
	}
	return true
}

// trimmedLen is how long a text is without the white space around it: that which stands in ASCII.
func trimmedLen(text []byte) int {
	start, end := 0, len(text)
	for start < end && isSpace(text[start]) {
		start++
	}
	for end > start && isSpace(text[end-1]) {
		end--
	}
	return end - start
}

// markdownSigns counts the lines behind a blank one that begin as headings, fences, quotes, list items, links
// or pictures of Markdown do.
func markdownSigns(text []byte) int {
	signs, blank := 0, false
	if bytes.IndexByte(text, '\n') < 0 {
		return 0
	}
	for line := range bytes.Lines(text) {
		rest := bytes.TrimLeft(line, " ")
		if blank && len(line)-len(rest) < 4 && beginsBlock(rest) {
			signs++
		}
		blank = len(bytes.TrimSpace(rest)) == 0
	}
	return signs
}

func beginsBlock(line []byte) bool {
	for _, mark := range []string{"# ", "## ", "### ", "#### ", "```", "~~~", "> ", "![", "[", "- ", "* ", "+ "} {
		if bytes.HasPrefix(line, []byte(mark)) {
			return true
		}
	}
	return false
}

// mayHoldMarkdown tells whether what stands here now is where people write Markdown within HTML.
func (w *weigher) mayHoldMarkdown() bool {
	if len(w.stack) == 0 {
		return true
	}
	switch w.stack[len(w.stack)-1] {
	case "article", "aside", "center", "details", "div", "figure", "p", "section":
		return true
	}
	return false
}

// IsBlock tells whether an element holds blocks or text of its own, apart from paragraphs around it.
func IsBlock(name string) bool {
	switch name {
	case "html", "body", "head", "title", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption",
		"li", "dt", "dd", "style":
		return true
	}
	return endsParagraph(name) && name != "hr"
}

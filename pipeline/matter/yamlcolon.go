package matter

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
)

// colonMissing finds a line that has no colon followed by a space: the loader takes it for text, and
// stumbles over the next line.
func colonMissing(e *yamlError) (Fault, bool) {
	var line pipeline.Span
	switch {
	case e.says("could not find expected ':'") && e.context >= 0:
		line = e.lineOf(e.context)
	case e.says("mapping values are not allowed") && e.firstColon(e.line) >= e.at:
		above, ok := e.above(e.line)
		if !ok || e.firstColon(above) >= 0 {
			return Fault{}, false
		}
		line = above
	default:
		return Fault{}, false
	}
	text := line.Of(e.text)
	if i := bytes.Index(text, []byte("：")); i >= 0 {
		return wideColon(e.text, line.Start+i), true
	}
	if i := bytes.IndexByte(text, ':'); i > 0 && e.firstColon(line) < 0 {
		f := syntaxFault(pipeline.Span{Start: line.Start + i, End: line.Start + i + 1}, "no space follows the colon")
		if n := wideBlanks(text[i+1:]); n > 0 {
			f.Message = "an ideographic space follows the colon, where a common one must"
			f = f.of(Fullwidth, pipeline.Edit{Start: line.Start + i + 1, End: line.Start + i + 1 + n, Text: " "})
		}
		return f, true
	}
	if f, ok := e.wideAbove(line); ok {
		return f, true
	}
	bare := bytes.TrimLeft(text, " \t")
	return syntaxFault(e.rest(line.End-len(bare)), "the line is no \"key: value\": it has no colon with a space behind it"), true
}

// wideAbove finds what makes one text of a line and of those above it that have no colon: indentation by
// ideographic spaces, or a full-width colon behind the key of a list.
func (e *yamlError) wideAbove(line pipeline.Span) (Fault, bool) {
	for range maxMends {
		text := line.Of(e.text)
		bare := bytes.TrimLeft(text, " \t")
		if wide := bytes.TrimLeft(bare, "\u3000"); len(wide) < len(bare) {
			n := (len(bare) - len(wide)) / len("\u3000")
			span := pipeline.Span{Start: line.End - len(bare), End: line.End - len(wide)}
			return syntaxFault(span, "the line is indented with an ideographic space, and YAML allows common ones only").
				of(Fullwidth, pipeline.Edit{Start: span.Start, End: span.End, Text: strings.Repeat("  ", n)}), true
		}
		if rest, ok := skipKey(append(bare[:len(bare):len(bare)], ' ')); ok && bytes.HasPrefix(rest, []byte("：")) {
			return wideColon(e.text, line.End-len(rest)+1), true
		}
		above, ok := e.above(line)
		if !ok || e.firstColon(above) >= 0 {
			break
		}
		line = above
	}
	return Fault{}, false
}

// wideColon is the fault of a full-width colon behind a key.
func wideColon(text []byte, at int) Fault {
	end := at + len("：")
	edit := pipeline.Edit{Start: at, End: end + wideBlanks(text[end:]), Text: ": "}
	if line, _ := lineAt(text, edit.End); line.Len() == 0 {
		edit.Text = ":"
	}
	return syntaxFault(pipeline.Span{Start: at, End: end}, "a full-width colon ： stands where a colon and a space must").of(Fullwidth, edit)
}

// allWide finds the full-width colon in the first line of data that is no mapping but one text, because
// all its colons are full-width. The loader sees nothing wrong with it.
func allWide(text []byte, root *Node) []Fault {
	if root == nil || root.Kind != String || root.Quoted {
		return nil
	}
	line, _ := lineAt(text, root.Span.Start)
	rest, ok := skipKey(line.Of(text))
	if !ok || !bytes.HasPrefix(rest, []byte("：")) {
		return nil
	}
	return []Fault{wideColon(text, line.End-len(rest))}
}

// wideBlanks is the length of the blanks and ideographic spaces that text begins with.
func wideBlanks(text []byte) int {
	n := 0
	for {
		switch {
		case n < len(text) && (text[n] == ' ' || text[n] == '\t'):
			n++
		case bytes.HasPrefix(text[n:], []byte("\u3000")):
			n += len("\u3000")
		default:
			return n
		}
	}
}

// firstColon gives the offset of the first colon in a line that a blank or the line's end follows, or -1.
func (e *yamlError) firstColon(line pipeline.Span) int {
	for i := line.Start; i < line.End; i++ {
		if e.text[i] == ':' && (i+1 == line.End || e.text[i+1] == ' ' || e.text[i+1] == '\t') {
			return i
		}
	}
	return -1
}

// colonInValue finds a value without quotes that holds a colon and a space, and a line that is
// indented below a value.
func colonInValue(e *yamlError) (Fault, bool) {
	if !e.says("mapping values are not allowed") {
		return Fault{}, false
	}
	colon := e.firstColon(e.line)
	if colon < 0 {
		return Fault{}, false
	}
	if colon < e.at {
		value := colon + 1
		for value < e.line.End && (e.text[value] == ' ' || e.text[value] == '\t') {
			value++
		}
		return e.needsQuotes(e.rest(value), "the value holds a colon with a space behind it, and needs quotes"), true
	}
	start := e.line.End - len(bytes.TrimLeft(e.line.Of(e.text), " \t"))
	return syntaxFault(e.rest(start), "the line is indented deeper than the one above it, which has a value already"), true
}

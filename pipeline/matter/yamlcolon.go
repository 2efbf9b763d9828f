package matter

import (
	"bytes"

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
		return syntaxFault(pipeline.Span{Start: line.Start + i, End: line.Start + i + len("：")},
			"a full-width colon ： stands where a colon and a space must"), true
	}
	if i := bytes.IndexByte(text, ':'); i > 0 && e.firstColon(line) < 0 {
		return syntaxFault(pipeline.Span{Start: line.Start + i, End: line.Start + i + 1}, "no space follows the colon"), true
	}
	bare := bytes.TrimLeft(text, " \t")
	return syntaxFault(e.rest(line.End-len(bare)), "the line is no \"key: value\": it has no colon with a space behind it"), true
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
		return syntaxFault(e.rest(value), "the value holds a colon with a space behind it, and needs quotes"), true
	}
	start := e.line.End - len(bytes.TrimLeft(e.line.Of(e.text), " \t"))
	return syntaxFault(e.rest(start), "the line is indented deeper than the one above it, which has a value already"), true
}

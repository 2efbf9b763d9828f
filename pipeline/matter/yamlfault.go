package matter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"copydesk/pipeline"
)

// A yamlError is an error of the loader with what it needs to be explained.
type yamlError struct {
	*yaml.LoadError
	text    []byte
	data    pipeline.Span
	depth   int           // the limit
	at      int           // the byte of the mark
	context int           // the byte of the context's mark, -1 without one
	line    pipeline.Span // the line of the mark
}

// explain says in plain words, at the guilty bytes, what the loader's error means. The loader notices
// many mistakes one line late.
func (r *yamlReader) explain(err *yaml.LoadError, data pipeline.Span) Fault {
	e := yamlError{LoadError: err, text: r.text, data: data, depth: r.limits.Depth, at: data.Start, context: -1}
	if err.Mark.Line > 0 {
		e.at = r.marks.offset(err.Mark.Line, err.Mark.Column)
	}
	if err.ContextMark.Line > 0 {
		e.context = r.marks.offset(err.ContextMark.Line, err.ContextMark.Column)
	}
	e.line = e.lineOf(e.at)
	for _, known := range []func(*yamlError) (Fault, bool){
		tooDeepYAML, tabs, secondDocument, badDirective, openQuote, badBlock, colonMissing, colonInValue, badStart, badEscape, badAlias, openBracket, behindQuote, badIndent,
	} {
		if f, ok := known(&e); ok {
			return f
		}
	}
	return syntaxFault(pipeline.Span{Start: e.at, End: max(e.at, e.line.End)}, "%s", e.Message)
}

func (e *yamlError) lineOf(at int) pipeline.Span {
	start := min(at, len(e.text))
	for start > e.data.Start && e.text[start-1] != '\n' && e.text[start-1] != '\r' {
		start--
	}
	line, _ := lineAt(e.text, start)
	return line
}

// above is the nearest line above another that is not blank, and ok is false when there is none.
func (e *yamlError) above(line pipeline.Span) (above pipeline.Span, ok bool) {
	for at := line.Start; at > e.data.Start; {
		above = e.lineOf(at - 1)
		if e.text[at-1] == '\n' && at-2 >= e.data.Start && e.text[at-2] == '\r' {
			above = e.lineOf(at - 2)
		}
		if above.Len() > 0 && !isBlank(above.Of(e.text)) {
			return above, true
		}
		at = above.Start
	}
	return pipeline.Span{}, false
}

func (e *yamlError) says(parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(e.Message, part) {
			return true
		}
	}
	return false
}

func tooDeepYAML(e *yamlError) (Fault, bool) {
	return overLimit(e.at, "collections inside one another", e.depth), e.says("max depth")
}

// tabs finds tabs in the indentation of the line of the mark, or of the one above.
func tabs(e *yamlError) (Fault, bool) {
	if strings.Contains(e.ContextMsg, "quoted") {
		return Fault{}, false
	}
	guilty := indentTabs(e.text, e.line)
	if above, ok := e.above(e.line); guilty.Len() == 0 && ok {
		guilty = indentTabs(e.text, above)
	}
	if guilty.Len() == 0 {
		return Fault{}, false
	}
	f := Fault{Kind: TabIndent, Span: guilty, Message: "the line is indented with a tab, and YAML allows spaces only"}
	lines(e.text, e.data, func(line pipeline.Span) bool {
		if t := indentTabs(e.text, line); t.Len() > 0 {
			f.Edits = append(f.Edits, pipeline.Edit{Start: t.Start, End: t.End, Text: strings.ReplaceAll(string(t.Of(e.text)), "\t", "  ")})
		}
		return true
	})
	return f, true
}

// indentTabs is the part of a line's indentation from its first tab to its last.
func indentTabs(text []byte, line pipeline.Span) pipeline.Span {
	indent := line.Of(text)
	indent = indent[:len(indent)-len(bytes.TrimLeft(indent, " \t"))]
	first, last := bytes.IndexByte(indent, '\t'), bytes.LastIndexByte(indent, '\t')
	if first < 0 {
		return pipeline.Span{}
	}
	return pipeline.Span{Start: line.Start + first, End: line.Start + last + 1}
}

func secondDocument(e *yamlError) (Fault, bool) {
	if !e.says("multiple") {
		return Fault{}, false
	}
	span := pipeline.Span{Start: e.data.Start, End: e.data.Start}
	begun, ended := false, false
	lines(e.text, e.data, func(line pipeline.Span) bool {
		text := line.Of(e.text)
		switch mark := documentMark(text); {
		case isBlank(text) || text[0] == '#' || text[0] == '%' && (ended || !begun):
		case mark && text[0] == '.':
			ended = begun
		case mark && begun || ended:
			span = line
			return false
		default:
			begun = true
		}
		return true
	})
	return syntaxFault(span, "a second YAML document begins here, and most tools read one at most").of(SecondMatter), true
}

// badDirective finds a line that begins with a percent sign and is no directive that can be followed.
func badDirective(e *yamlError) (Fault, bool) {
	line := e.lineOf(e.at)
	if !e.says("incompatible YAML document", "directive") || line.Len() == 0 || e.text[line.Start] != '%' {
		return Fault{}, false
	}
	return syntaxFault(line, "a line that begins with %% is a directive, as %%YAML 1.2 is, and stands once before the --- of a document"), true
}

// badStart finds a value that begins with a character that YAML reserves.
func badStart(e *yamlError) (Fault, bool) {
	if !e.says("cannot start any token", "mapping keys are not allowed") || e.at >= len(e.text) {
		return Fault{}, false
	}
	c, n := utf8.DecodeRune(e.text[e.at:])
	if c == '?' {
		return e.needsQuotes(e.rest(e.at), "a value that begins with a question mark and a space needs quotes"), true
	}
	if !strings.ContainsRune("@`%", c) {
		return syntaxFault(pipeline.Span{Start: e.at, End: e.at + n}, "%q can't stand here", c), true
	}
	if line := e.lineOf(e.at); isBlank(e.text[line.Start:e.at]) {
		if colon := e.firstColon(line); colon > e.at {
			return e.needsQuotes(pipeline.Span{Start: e.at, End: colon}, "a key that begins with %q needs quotes", c), true
		}
	}
	return e.needsQuotes(e.rest(e.at), "a value that begins with %q needs quotes", c), true
}

// badBlock finds text behind the | or > that begins a block of lines.
func badBlock(e *yamlError) (Fault, bool) {
	if !e.says("comment or line break") {
		return Fault{}, false
	}
	value := e.valueOf(e.line)
	if value.Len() == 0 || e.text[value.Start] != '|' && e.text[value.Start] != '>' {
		return Fault{}, false
	}
	return e.needsQuotes(value, "a value that begins with %q needs quotes, unless its text begins in the next line", e.text[value.Start]), true
}

// rest is what stands in the line from an offset, without blanks at its end.
func (e *yamlError) rest(at int) pipeline.Span {
	line := e.lineOf(at)
	bare := bytes.TrimRight(e.text[at:max(at, line.End)], " \t")
	return pipeline.Span{Start: at, End: at + len(bare)}
}

func badEscape(e *yamlError) (Fault, bool) {
	if !e.says("escape", "hexadecimal") {
		return Fault{}, false
	}
	at := min(e.at, len(e.text)-1)
	for at > e.line.Start && e.text[at] != '\\' {
		at-- // The mark of a bad \U is behind it.
	}
	_, n := utf8.DecodeRune(e.text[min(at+1, len(e.text)):])
	span := pipeline.Span{Start: at, End: min(at+1+n, len(e.text))}
	return syntaxFault(span, "%s is no escape that double quotes know; a backslash is written twice, or the text stands in single quotes", quoted(span.Of(e.text))), true
}

func badAlias(e *yamlError) (Fault, bool) {
	scanning := strings.Contains(e.ContextMsg, "alias") || strings.Contains(e.ContextMsg, "anchor")
	if !scanning && !e.says("unknown anchor") {
		return Fault{}, false
	}
	at := e.at
	if scanning && e.context >= 0 {
		at = e.context
	}
	if at >= len(e.text) || e.text[at] != '*' && e.text[at] != '&' {
		return Fault{}, false
	}
	return e.needsQuotes(e.rest(at), "a value that begins with %q needs quotes, unless it is an alias or an anchor", e.text[at]), true
}

func badIndent(e *yamlError) (Fault, bool) {
	switch {
	case e.says("block sequence entries are not allowed"):
		return syntaxFault(e.rest(e.at), "a list can't begin in the line of its key"), true
	case e.says("expected '-' indicator"):
		return syntaxFault(e.rest(e.at), "a key stands here among the items of a list"), true
	case e.says("did not find expected key"):
		return syntaxFault(e.rest(e.at), "the line is indented otherwise than the keys above it, or is no \"key: value\""), true
	}
	return Fault{}, false
}

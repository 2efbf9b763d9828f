package matter

import "copydesk/pipeline"

// unclosed reports an opening fence that has no closing one, if data stands below it;
// without data the line is a thematic break, and no fault.
func (s *splitter) unclosed(f fence, opening, rest pipeline.Span) bool {
	if looks := guessStart(rest.Of(s.text)); f.weak || !isKey(looks) || looks == nothing {
		return false
	}
	s.runaway(f, opening, rest)
	return true
}

// runsOn tells whether data that some closing fence ends really ended before, at text that no parser
// takes for data: then that fence is a rule of the body, and the closing fence is missing.
func (s *splitter) runsOn(f fence, env Envelope) bool {
	end := probableEnd(s.text, env.Raw)
	if f.format != YAML || end == env.Raw.End || env.Raw.Len() > frontMatterLimits.Bytes {
		return false
	}
	if _, faults := parseYAML(s.text, env.Raw, frontMatterLimits); !unreadable(faults) {
		return false
	}
	if _, faults := parseYAML(s.text, pipeline.Span{Start: env.Raw.Start, End: end}, frontMatterLimits); unreadable(faults) {
		return false
	}
	s.runaway(f, env.Fence, env.Raw)
	return true
}

func (s *splitter) runaway(f fence, opening, rest pipeline.Span) {
	end := probableEnd(s.text, rest)
	line, _ := lineAt(s.text, end)
	s.fault(Fault{
		Kind: Unclosed, Span: opening, Related: []pipeline.Span{line},
		Message: "the front matter that begins here has no closing " + f.closing() + ", so all of the file is taken for body",
		Edits:   []pipeline.Edit{{Start: end, End: end, Text: s.lineBefore(end) + f.closing() + s.lineBreak()}},
	})
}

// lineBefore is the line break that is missing before an offset, where a line is to begin.
func (s *splitter) lineBefore(at int) string {
	if at > 0 && s.text[at-1] != '\n' && s.text[at-1] != '\r' {
		return s.lineBreak()
	}
	return ""
}

// lineBreak is the text's first line break.
func (s *splitter) lineBreak() string { return lineBreak(s.text) }

func lineBreak(text []byte) string {
	line, next := lineAt(text, 0)
	if next == line.End {
		return "\n"
	}
	return string(text[line.End:next])
}

// probableEnd is where data that no fence closes probably ends: at the first line that begins with
// < or #, or at the first blank line that is followed by one that has no key.
func probableEnd(text []byte, rest pipeline.Span) int {
	end, blank := rest.End, -1
	lines(text, rest, func(span pipeline.Span) bool {
		line := span.Of(text)
		switch {
		case isBlank(line):
			if blank < 0 {
				blank = span.Start
			}
			return true
		case conflictMarker(line):
			return true
		case line[0] == '<' || line[0] == '#':
			end = span.Start
		case blank >= 0 && line[0] != ' ' && line[0] != '\t' && !isKey(guessLine(line)):
			end = blank
		default:
			blank = -1
			return true
		}
		if blank >= 0 {
			end = blank
		}
		return false
	})
	return end
}

// guessStart says what the first line with something in it looks like.
func guessStart(raw []byte) looks {
	first := nothing
	lines(raw, pipeline.Span{Start: 0, End: len(raw)}, func(span pipeline.Span) bool {
		if line := span.Of(raw); !isBlank(line) && line[0] != '#' {
			first = guessLine(line)
		}
		return first == nothing
	})
	return first
}

// isKey tells whether a line is one that prose does not have.
func isKey(line looks) bool { return line != prose && line != wordyKey }

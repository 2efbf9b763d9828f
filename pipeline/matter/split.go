package matter

import (
	"bytes"
	"slices"

	"copydesk/pipeline"
)

const byteOrderMark = "\uFEFF"

// Split finds the envelope of a text, and what is wrong with it. Open, Raw, Close and Body
// always are the whole text, whatever its bytes; the faults are in the order of their place.
func Split(text []byte) (Envelope, []Fault) {
	s := splitter{text: text}
	s.bom()
	s.newlines()
	lead := s.at
	env := s.none()
	s.skipLead()
	if s.at < len(text) {
		env = s.split(lead)
	}
	if line, _ := lineAt(text, s.at); env.Format == None && bytes.HasPrefix(line.Of(text), []byte("<<<<<<< ")) {
		s.faults = append(s.faults, conflicts(text, line)...)
	}
	sortFaults(s.faults)
	return env, s.faults
}

// A splitter is one run of Split.
type splitter struct {
	text   []byte
	at     int // where the scanner stands: what is before it belongs to Open
	faults []Fault
}

func (s *splitter) fault(f Fault) { s.faults = append(s.faults, f) }

// none is the envelope of a text without front matter.
func (s *splitter) none() Envelope { return Envelope{Body: pipeline.Span{Start: 0, End: len(s.text)}} }

func (s *splitter) bom() {
	if !bytes.HasPrefix(s.text, []byte(byteOrderMark)) {
		return
	}
	s.at = len(byteOrderMark)
	s.fault(Fault{
		Kind: BOM, Span: pipeline.Span{Start: 0, End: s.at},
		Message: "the file begins with a byte order mark, behind which some tools see no front matter",
		Edits:   []pipeline.Edit{{Start: 0, End: s.at}},
	})
}

// skipLead skips blank lines and HTML comments that stand in lines of their own.
func (s *splitter) skipLead() {
	for s.at < len(s.text) {
		line, next := lineAt(s.text, s.at)
		if isBlank(line.Of(s.text)) {
			if next == s.at { // The last line has blanks and no break.
				next = len(s.text)
			}
			s.at = next
			continue
		}
		if !bytes.HasPrefix(s.text[s.at:], []byte("<!--")) {
			return
		}
		n := bytes.Index(s.text[s.at+4:], []byte("-->"))
		if n < 0 {
			return
		}
		line, next = lineAt(s.text, s.at+4+n+3)
		if !isBlank(line.Of(s.text)) {
			return
		}
		s.at = next
	}
}

// split finds the envelope whose first line, after blank lines and comments, is at s.at.
func (s *splitter) split(lead int) Envelope {
	line, next := lineAt(s.text, s.at)
	env, ok := Envelope{}, false
	if f, is := openingFence(line.Of(s.text)); is {
		env, ok = s.fenced(f, line, next)
	} else if s.text[line.Start] == '{' {
		env, ok = s.object(line.Start)
	}
	if !ok {
		return s.lost(env.Lost, env.Fence)
	}
	if lead < line.Start {
		s.notFirst(pipeline.Span{Start: lead, End: line.Start})
	}
	s.compare(env)
	return env
}

func (s *splitter) lost(lost bool, opening pipeline.Span) Envelope {
	env := s.none()
	if lost {
		env.Lost, env.Fence = true, opening
	}
	return env
}

func (s *splitter) notFirst(before pipeline.Span) {
	f := Fault{Kind: NotFirst, Span: before, Message: "a comment stands before the front matter, and some tools then see none"}
	if len(bytes.TrimSpace(before.Of(s.text))) == 0 {
		f.Message = "blank lines stand before the front matter, and some tools then see none"
		f.Edits = []pipeline.Edit{{Start: before.Start, End: before.End}}
	}
	s.fault(f)
}

// fenced finds the envelope that a fence opens.
func (s *splitter) fenced(f fence, opening pipeline.Span, start int) (Envelope, bool) {
	env := Envelope{Format: f.format, Fence: opening, Open: pipeline.Span{Start: 0, End: start}}
	closing, ok := s.findClose(f, start)
	rest := pipeline.Span{Start: start, End: len(s.text)}
	if !ok {
		env.Lost = s.unclosed(f, opening, rest)
		return env, false
	}
	env.Raw = pipeline.Span{Start: start, End: closing.Start}
	env.Close = pipeline.Span{Start: closing.Start, End: pipeline.AfterBreak(s.text, closing.End)}
	env.Body = pipeline.Span{Start: env.Close.End, End: len(s.text)}
	looks := guess(env.Raw.Of(s.text))
	if f.weak && (looks == prose || looks == nothing) {
		return env, false
	}
	if looks == prose && f.mark == '-' && !f.named {
		s.prose(env.Raw)
		return env, false
	}
	if looks == broken && s.runsOn(f, env) {
		env.Lost = true
		return env, false
	}
	s.mismatch(&env, f, looks, closing)
	s.oddFences(f, opening, closing)
	s.earlyFences(f, env.Raw)
	return env, true
}

func (s *splitter) prose(raw pipeline.Span) {
	s.fault(Fault{
		Kind: NotMapping, Span: raw, Prose: true,
		Message: "what stands between these two rules is no mapping of keys to values, so it is body; some tools take it for front matter",
	})
}

// findClose finds the closing fence. One inside a TOML string of several lines is data, unless
// that string never ends.
func (s *splitter) findClose(f fence, start int) (closing pipeline.Span, ok bool) {
	var early pipeline.Span
	var quote byte
	lines(s.text, pipeline.Span{Start: start, End: len(s.text)}, func(line pipeline.Span) bool {
		closes, _ := f.closes(line.Of(s.text))
		if closes && quote == 0 {
			closing, ok = line, true
			return false
		}
		if closes && early.End == 0 {
			early = line
		}
		if f.format == TOML {
			quote = tomlString(line.Of(s.text), quote)
		}
		return true
	})
	if !ok && early.End > 0 {
		return early, true
	}
	return closing, ok
}

// tomlString follows the strings of several lines through one line: quote is the one that is open
// before the line (0 for none), the result the one after it.
func tomlString(line []byte, quote byte) byte {
	for i := 0; i < len(line); i++ {
		c := line[i]
		triple := (c == '"' || c == '\'') && i+2 < len(line) && line[i+1] == c && line[i+2] == c
		switch {
		case quote == 0 && c == '#':
			return 0
		case quote == 0 && triple:
			quote = c
			i += 2
		case quote == 0 && (c == '"' || c == '\''):
			i = stringEnd(line, i)
		case quote == '"' && c == '\\':
			i++
		case quote == c && triple:
			quote = 0
			for i += 2; i+1 < len(line) && line[i+1] == c; {
				i++ // A string may end with quotes of its own.
			}
		}
	}
	return quote
}

// stringEnd gives the offset of the quote that ends the string of one line that begins at i,
// or of the last byte of the line.
func stringEnd(line []byte, i int) int {
	for j := i + 1; j < len(line); j++ {
		switch {
		case line[j] == '\\' && line[i] == '"':
			j++
		case line[j] == line[i]:
			return j
		}
	}
	return len(line) - 1
}

// oddFences reports fences that some tools do not take for one.
func (s *splitter) oddFences(f fence, opening, closing pipeline.Span) {
	if f.indented { // One can't be repaired without the other.
		s.fault(Fault{
			Kind: OddFence, Span: opening, Related: []pipeline.Span{closing},
			Message: "the fences are indented, and some tools then see no front matter",
			Edits: []pipeline.Edit{
				{Start: opening.Start, End: opening.End, Text: s.plainOpening(f)},
				{Start: closing.Start, End: closing.End, Text: f.closing()},
			},
		})
		return
	}
	if f.odd {
		s.oddFence(opening, s.plainOpening(f), "opening")
	}
	if _, odd := f.closes(closing.Of(s.text)); odd {
		s.oddFence(closing, f.closing(), "closing")
	}
}

func (s *splitter) plainOpening(f fence) string {
	if f.named && f.format != YAML {
		return f.closing() + string(f.format)
	}
	return f.closing()
}

func (s *splitter) oddFence(line pipeline.Span, plain, which string) {
	minor := false
	message := "the " + which + " fence is " + quoted(line.Of(s.text)) + ", which some tools do not know; it is " + quoted([]byte(plain)) + " that is meant"
	if string(bytes.TrimRight(line.Of(s.text), " \t")) == plain {
		message, minor = "blanks stand behind the "+which+" fence, which some tools do not allow", true
	}
	s.fault(Fault{
		Kind: OddFence, Minor: minor, Span: line, Message: message,
		Edits: []pipeline.Edit{{Start: line.Start, End: line.End, Text: plain}},
	})
}

// earlyFences reports the lines inside the data that tools which ignore indentation and strings
// take for the closing fence.
func (s *splitter) earlyFences(f fence, raw pipeline.Span) {
	if !bytes.Contains(raw.Of(s.text), []byte(f.closing())) {
		return
	}
	lines(s.text, raw, func(line pipeline.Span) bool {
		if string(bytes.TrimSpace(line.Of(s.text))) == f.closing() {
			s.fault(Fault{
				Kind: EarlyFence, Span: line,
				Message: quoted([]byte(f.closing())) + " inside a value, which some tools take for the end of the front matter",
			})
		}
		return true
	})
}

func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int { return a.Span.Start - b.Span.Start })
}

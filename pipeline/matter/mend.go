package matter

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"copydesk/pipeline"
)

// maxMends is how many faults of front matter are repaired to find the next one.
const maxMends = 50

// mend looks for more faults of data that can't be read: parsers stop at the first one, so that is repaired
// in a copy, which is read again, and so on. What is given back are the faults of the first reading with the
// others, in the text's own offsets. The edits of all of them together can be carried out; each brings the
// parser further, or belongs to those that make all of the data readable.
func mend(text []byte, env Envelope, first []Fault) []Fault {
	if markers := conflicts(text, env.Raw); len(markers) > 0 {
		return markers // The two sides can't be read as one.
	}
	if env.Raw.Len() > frontMatterLimits.Bytes {
		return first
	}
	m := mender{env: env, copied: pipeline.NewDocument("", "", text[:env.Raw.End]), sure: -1}
	if env.Format == YAML {
		first = m.separators(first)
	}
	if !m.run(first) {
		if m.sure < 0 {
			m.sure = len(m.found)
		}
		for i := range m.found[m.sure:] {
			m.found[m.sure+i].Edits = nil
		}
	}
	return withoutEcho(m.found)
}

// withoutEcho leaves out the syntax errors at places for which another fault has the cause.
func withoutEcho(found []Fault) []Fault {
	causes := map[int]bool{}
	for _, f := range found {
		causes[f.Span.Start] = causes[f.Span.Start] || f.Kind != Syntax
	}
	return slices.DeleteFunc(found, func(f Fault) bool { return f.Kind == Syntax && causes[f.Span.Start] })
}

type mender struct {
	env    Envelope
	copied *pipeline.Document
	found  []Fault
	sure   int // how many of the repairs bring the parser further, -1 while that is all of them
}

// run repairs one fault after the other, and tells whether the data can be read in the end.
func (m *mender) run(rest []Fault) bool {
	for range maxMends {
		fault, ok := firstUnreadable(rest)
		if !ok {
			return true
		}
		moved := toSource(m.copied, fault)
		for i, f := range m.found {
			if f.Span == moved.Span && f.Kind == moved.Kind { // Its repair did not help.
				if m.sure < 0 || i < m.sure {
					m.sure = i
				}
				return false
			}
		}
		if !m.admits(moved.Edits) {
			moved.Edits = nil
		}
		m.found = append(m.found, moved)
		if len(moved.Edits) == 0 || m.copied.Apply(fault.Edits...) != nil {
			return false
		}
		rest = m.read()
		if next, ok := firstUnreadable(rest); ok && next.Span.Start <= fault.Edits[0].Start && m.sure < 0 {
			m.sure = len(m.found) - 1
		}
	}
	m.sure = 0
	return false
}

// admits tells whether edits change something, and nothing that the edits so far change.
func (m *mender) admits(edits []pipeline.Edit) bool {
	text, same := m.copied.Source, true
	all := slices.Clone(edits)
	for _, e := range edits {
		same = same && e.Text == string(text[e.Start:e.End])
	}
	for _, f := range m.found {
		all = append(all, f.Edits...)
	}
	_, err := pipeline.SortEdits(all, len(text))
	return err == nil && !same
}

// read reads the copy again.
func (m *mender) read() []Fault {
	span := pipeline.Span{Start: m.env.Raw.Start, End: len(m.copied.Text)}
	root, faults := parse(m.copied.Text, span, m.env.Format, frontMatterLimits)
	return append(faults, allWide(m.copied.Text, root)...)
}

// separators repairs the line breaks of Unicode's, which YAML 1.1 alone knows, and gives the faults that are left.
func (m *mender) separators(first []Fault) []Fault {
	var edits []pipeline.Edit
	for at := m.env.Raw.Start; at < m.env.Raw.End; at++ {
		n := 0
		if c := m.copied.Text[at]; c >= utf8.RuneSelf {
			n = whiteLen(string(m.copied.Text[at:min(at+3, m.env.Raw.End)]))
		}
		if n == 0 {
			continue
		}
		edit := pipeline.Edit{Start: at, End: at + n, Text: " "}
		if line, _ := lineAt(m.copied.Text, at+n); isKey(guessStart(line.Of(m.copied.Text))) {
			edit.Text = lineBreak(m.copied.Text)
		}
		edits = append(edits, edit)
		m.found = append(m.found, syntaxFault(pipeline.Span{Start: at, End: at + n}, "%U ends a line here for some parsers and not for others",
			[]rune(string(m.copied.Text[at : at+n]))[0]).of(Separator, edit))
	}
	if len(edits) == 0 || len(edits) > maxMends || m.copied.Apply(edits...) != nil {
		m.found = nil
		return first
	}
	return m.read()
}

func firstUnreadable(faults []Fault) (Fault, bool) {
	for _, f := range faults {
		if f.Unreadable() {
			return f, true
		}
	}
	return Fault{}, false
}

// toSource moves a fault to the offsets that the document had at first. It loses its edits if they touch
// what earlier ones have changed.
func toSource(d *pipeline.Document, f Fault) Fault {
	f.Span, _ = d.ToSource(f.Span)
	edits := f.Edits
	f.Edits = make([]pipeline.Edit, 0, len(edits))
	for _, e := range edits {
		at, exact := d.ToSource(pipeline.Span{Start: e.Start, End: e.End})
		if !exact {
			f.Edits = nil
			return f
		}
		f.Edits = append(f.Edits, pipeline.Edit{Start: at.Start, End: at.End, Text: e.Text})
	}
	related := f.Related
	f.Related = nil
	for _, r := range related {
		r, _ = d.ToSource(r)
		f.Related = append(f.Related, r)
	}
	return f
}

// conflicts reports the lines that version control leaves where it could not merge.
func conflicts(text []byte, in pipeline.Span) (found []Fault) {
	if !bytes.Contains(in.Of(text), []byte("<<<<<<< ")) {
		return nil
	}
	lines(text, in, func(line pipeline.Span) bool {
		if conflictMarker(line.Of(text)) {
			found = append(found, syntaxFault(line, "version control has left %s here: a merge is not finished", quoted(line.Of(text))).of(Conflict))
		}
		return len(found) < maxMends
	})
	return found
}

// conflictMarker tells whether a line is one of the four that git writes where it can't merge.
func conflictMarker(line []byte) bool {
	if len(line) < 7 {
		return false
	}
	switch string(line[:7]) {
	case "<<<<<<<", ">>>>>>>", "|||||||":
		return len(line) == 7 || line[7] == ' '
	case "=======":
		return len(line) == 7
	}
	return false
}

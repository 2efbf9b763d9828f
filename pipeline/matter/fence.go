package matter

import (
	"bytes"
	"strings"
)

// A fence is what an opening fence line says.
type fence struct {
	format Format
	mark   byte // '-', '+' or ';': what the closing fence is made of
	named  bool // the line names the format: ---toml
	odd    bool // some tools do not take the line for a fence
	weak   bool // it is a fence only when keys stand below it

	indented bool // so the closing fence may be
}

// openers are the fences that adrg/frontmatter and others know.
var openers = []struct {
	line string
	fence
}{
	{"---", fence{format: YAML, mark: '-'}},
	{"+++", fence{format: TOML, mark: '+'}},
	{";;;", fence{format: JSON, mark: ';'}},
	{"---yaml", fence{format: YAML, mark: '-', named: true}},
	{"---toml", fence{format: TOML, mark: '-', named: true}},
	{"---json", fence{format: JSON, mark: '-', named: true}},
}

// openingFence reads a line as an opening fence.
func openingFence(line []byte) (f fence, ok bool) {
	for _, o := range openers {
		if string(line) == o.line {
			return o.fence, true
		}
	}
	if len(line) > 100 {
		return fence{}, false
	}
	bare := bytes.Trim(line, " \t")
	indented := len(line) > 0 && (line[0] == ' ' || line[0] == '\t')
	plain := strings.ToLower(strings.Replace(string(bare), "--- ", "---", 1))
	plain = strings.Replace(plain, "---yml", "---yaml", 1)
	for _, o := range openers {
		if plain == o.line {
			o.odd, o.weak, o.indented = true, indented, indented
			return o.fence, true
		}
	}
	mark, ok := closingMark(bare)
	f = fence{mark: mark, odd: true, weak: true, indented: indented, format: YAML}
	if mark == '+' {
		f.format = TOML
	}
	return f, ok && mark != '.' && mark != ';'
}

// closingMark tells which mark a line repeats, if it consists of nothing else:
// three or more of - or +, three of ; or of the full stop, or dashes of other kinds,
// which editors and input methods put in place of hyphens.
func closingMark(bare []byte) (mark byte, ok bool) {
	if len(bare) == 0 {
		return 0, false
	}
	switch c := bare[0]; {
	case c == '.' || c == ';':
		return c, string(bare) == strings.Repeat(string(c), 3)
	case c == '+':
		return c, len(bare) >= 3 && len(bytes.Trim(bare, "+")) == 0
	case len(bare) < 3 || len(bytes.Trim(bare, "-–—―−－")) > 0:
		return 0, false
	}
	return '-', true
}

// closes tells whether a line is the closing fence for an opening one, and whether it is an odd one.
// Fences stand in the first column, and what is indented belongs to the data, unless the opening fence is
// indented too.
func (f fence) closes(line []byte) (closes, odd bool) {
	if bare := bytes.TrimLeft(line, " \t"); f.indented && len(bare) < len(line) {
		closes, _ = fence{format: f.format, mark: f.mark}.closes(bare)
		return closes, true
	}
	if len(line) < 3 || line[0] == ' ' || line[0] == '\t' {
		return false, false
	}
	if len(line) == 3 && line[0] == f.mark && line[1] == f.mark && line[2] == f.mark {
		return true, false
	}
	if len(line) > 300 {
		return false, false
	}
	mark, ok := closingMark(bytes.TrimRight(line, " \t"))
	return ok && (mark == f.mark || mark == '.' && f.mark == '-'), true
}

// closing is how the closing fence is spelled.
func (f fence) closing() string { return strings.Repeat(string(f.mark), 3) }

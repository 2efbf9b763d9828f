package matter

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// tomlText is front matter that is written as TOML. A mapping becomes a table with a header, or, where keys follow
// that a header would take to itself, dotted keys: so all keys stay in their order.
type tomlText struct {
	strings.Builder
	br   string
	safe bool
	held []string // comments for the next header
}

// tomlWidth is how wide in characters an array in one line may be.
const tomlWidth = 100

func (t *tomlText) remarks(indent string, lines []string) {
	for _, line := range lines {
		if line != "" {
			t.WriteString(indent + line)
		}
		t.WriteString(t.br)
	}
}

// tabular tells whether a value can be tables with headers.
func tabular(p *piece) bool {
	if p.kind == Mapping {
		return len(p.parts) > 0
	}
	return p.kind == Sequence && len(p.parts) > 0 &&
		!slices.ContainsFunc(p.parts, func(item *part) bool { return item.value.kind != Mapping })
}

// table writes the entries of a table whose header has been written.
func (t *tomlText) table(path []string, p *piece) {
	last := lastPlain(p)
	for i, e := range p.parts {
		if i <= last {
			t.pair("", e)
		} else {
			t.section(append(path[:len(path):len(path)], spellKeyTOML(e.key)), e)
		}
	}
}

// lastPlain is the place of the last entry that can't be a table, or -1.
func lastPlain(p *piece) int {
	last := -1
	for i, e := range p.parts {
		if !tabular(e.value) {
			last = i
		}
	}
	return last
}

// pair writes a key and its value; of a mapping, each entry with dotted keys.
func (t *tomlText) pair(prefix string, e *part) {
	t.remarks("", e.above)
	key := prefix + spellKeyTOML(e.key)
	if e.value.kind == Mapping && len(e.value.parts) > 0 {
		if e.beside != "" {
			t.remarks("", []string{e.beside})
		}
		for _, below := range e.value.parts {
			t.pair(key+".", below)
		}
		return
	}
	t.WriteString(key + " = " + t.lines(e.value, len(key)))
	if e.beside != "" {
		t.WriteString(" " + e.beside)
	}
	t.WriteString(t.br)
}

// section writes a table, or a list of tables, with its headers.
func (t *tomlText) section(path []string, e *part) {
	name := strings.Join(path, ".")
	if e.value.kind == Sequence {
		t.held = append(t.held, e.above...)
		for _, item := range e.value.parts {
			t.header("[["+name+"]]", item)
			t.table(path, item.value)
		}
		return
	}
	if lastPlain(e.value) < 0 { // Its own tables make it.
		if t.held = append(t.held, e.above...); e.beside != "" {
			t.held = append(t.held, e.beside)
		}
	} else {
		t.header("["+name+"]", e)
	}
	t.table(path, e.value)
}

func (t *tomlText) header(header string, e *part) {
	above := append(t.held, e.above...)
	t.held = nil
	if t.Len() > 0 && (len(above) == 0 || above[0] != "") && !strings.HasSuffix(t.String(), t.br+t.br) {
		t.WriteString(t.br)
	}
	t.remarks("", above)
	t.WriteString(header)
	if e.beside != "" {
		t.WriteString(" " + e.beside)
	}
	t.WriteString(t.br)
}

// lines spells a value, an array that is long or has comments in several lines. width is that of its key.
func (t *tomlText) lines(p *piece, width int) string {
	if p.kind == String {
		return t.text(p.text, true)
	}
	one := t.inline(p)
	if p.kind != Sequence || !p.commented() && width+utf8.RuneCountInString(one) <= tomlWidth {
		return one
	}
	var out strings.Builder
	out.WriteString("[" + t.br)
	for _, item := range p.parts {
		for _, comment := range append(slices.Clone(item.above), item.value.comments()...) {
			if comment != "" {
				out.WriteString("  " + comment + t.br)
			}
		}
		out.WriteString("  " + t.inline(item.value) + ",")
		if item.beside != "" {
			out.WriteString(" " + item.beside)
		}
		out.WriteString(t.br)
	}
	out.WriteString("]")
	return out.String()
}

// inline spells a value in one line.
func (t *tomlText) inline(p *piece) string {
	var parts []string
	for _, one := range p.parts {
		text := t.inline(one.value)
		if p.kind == Mapping {
			text = spellKeyTOML(one.key) + " = " + text
		}
		parts = append(parts, text)
	}
	switch {
	case p.kind == Sequence:
		return "[" + strings.Join(parts, ", ") + "]"
	case p.kind == Mapping && len(parts) == 0:
		return "{}"
	case p.kind == Mapping:
		return "{ " + strings.Join(parts, ", ") + " }"
	case p.kind == String:
		return t.text(p.text, false)
	}
	return p.text
}

// text spells a string: in quotes that leave it as it is where that can be, and where there is room, in several lines.
func (t *tomlText) text(s string, room bool) string {
	switch {
	case t.safe:
	case room && t.br == "\n" && strings.Contains(strings.TrimRight(s, "\n"), "\n") && !strings.Contains(s, "\r") && !fenceInside(s):
		return multilineTOML(s)
	case strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") && printable(s):
		return "'" + s + "'"
	}
	return quoteTOML(s)
}

// multilineTOML spells a multi-line basic string (TOML 1.0.0, "String").
func multilineTOML(s string) string {
	inner := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(quoteTOML(s), `"`), `"`), `\\`, "\x00")
	inner = strings.ReplaceAll(inner, `\n`, "\n")
	inner = strings.ReplaceAll(inner, "\x00", `\\`)
	if single := strings.ReplaceAll(inner, `\"`, `"`); !strings.Contains(single, `""`) && !strings.HasSuffix(single, `"`) {
		inner = single
	}
	return `"""` + "\n" + inner + `"""`
}

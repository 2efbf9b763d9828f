package matter

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
)

// replace is the edit that gives a place another value.
func (w *writer) replace(at place, want *Node) (pipeline.Edit, error) {
	old := at.value
	edit := pipeline.Edit{Start: old.Span.Start, End: old.Span.End}
	switch w.m.Format {
	case JSON:
		edit.Text = string(AppendJSON(nil, want, nil))
		return edit, nil
	case TOML:
		if w.isTable(old) || at.parent == nil {
			return edit, errors.New("a table with a header of its own can't be replaced by one value")
		}
		if old.Kind == Mapping && w.m.Text[old.Span.Start] != '{' {
			return edit, errors.New("a table that is made of dotted keys can't be replaced by one value")
		}
		text, err := w.spellTOML(want, old)
		edit.Text = text
		return edit, err
	}
	return w.replaceYAML(edit, at, want), nil
}

func (w *writer) replaceYAML(edit pipeline.Edit, at place, want *Node) pipeline.Edit {
	old, flow := at.value, w.isFlow(at.parent)
	if !w.safe && !flow && w.isBlock(old) && old.Kind == want.Kind && len(want.Entries)+len(want.Items) > 0 {
		edit.Text = w.blockYAML(want, old)
		return edit
	}
	edit.Text = w.spellYAML(want, old, flow)
	switch {
	case edit.Start == edit.End: // The value was not written at all.
		edit.Text = w.introduce(at) + edit.Text
	case w.isBlock(old) && at.entry != nil:
		colon := at.entry.KeySpan.End + bytes.IndexByte(w.m.Text[at.entry.KeySpan.End:edit.Start], ':') + 1
		if between := w.m.Text[colon:edit.Start]; bytes.IndexByte(between, '#') < 0 {
			edit.Start, edit.Text = colon, " "+edit.Text
		}
	}
	return edit
}

// introduce is what must stand between the place of a value that is not written and the value.
func (w *writer) introduce(at place) string {
	start := at.value.Span.Start
	if start == 0 {
		return ""
	}
	switch c := w.m.Text[start-1]; {
	case c == ':' || c == '-' || c == '?' || at.value.Tag != "" || at.value.Anchor != "" || at.entry == nil:
		return " "
	default:
		return ": "
	}
}

// isFlow tells whether a collection of YAML stands in brackets.
func (w *writer) isFlow(n *Node) bool {
	if n == nil || n.Span.Len() == 0 {
		return false
	}
	c := w.m.Text[n.Span.Start]
	return n.Kind == Mapping && c == '{' || n.Kind == Sequence && c == '['
}

// isBlock tells whether a value is a collection of YAML that does not stand in brackets.
func (w *writer) isBlock(n *Node) bool {
	return (n.Kind == Mapping || n.Kind == Sequence) && n.Span.Len() > 0 && !w.isFlow(n)
}

// indentOf is the white space that brings a line to the column of an offset.
func (w *writer) indentOf(offset int) string {
	start := w.lineStart(offset)
	return strings.Repeat(" ", utf8.RuneCount(w.m.Text[start:offset]))
}

func (w *writer) lineStart(offset int) int {
	for offset > 0 && w.m.Text[offset-1] != '\n' && w.m.Text[offset-1] != '\r' {
		offset--
	}
	return offset
}

// lineEnd is the offset behind the line break of the line that an offset is in.
func (w *writer) lineEnd(offset int) int {
	_, next := lineAt(w.m.Text, offset)
	return next
}

// lineBreak is the one that the front matter uses.
func (w *writer) lineBreak() string { return lineBreak(w.m.Text[w.m.Fence.Start:]) }

// blockYAML spells a collection as lines at the column of the old one. Items that were there keep their bytes.
func (w *writer) blockYAML(want, old *Node) string {
	var lines []string
	if want.Kind == Mapping {
		for _, e := range want.Entries {
			lines = append(lines, w.spellKeyYAML(e.Key, false)+": "+w.spellYAML(e.Value, nil, false))
		}
	} else {
		have := map[string]*Node{}
		var style *Node
		for _, item := range old.Items {
			have[string(AppendJSON(nil, item, nil))] = item
			if item.Kind == String && style == nil {
				style = item
			}
		}
		for _, item := range want.Items {
			text := w.spellYAML(item, style, false)
			if same := have[string(AppendJSON(nil, item, nil))]; same != nil && same.Span.Len() > 0 && same.Anchor == "" && same.Tag == "" {
				text = string(same.Span.Of(w.m.Text))
			}
			lines = append(lines, "- "+text)
		}
	}
	return strings.Join(lines, w.lineBreak()+w.indentOf(old.Span.Start))
}

func (w *writer) spellJSON(n *Node) string { return string(AppendJSON(nil, n, nil)) }

// spellTOML spells a value as TOML, in the style of an old one, which may be nil.
func (w *writer) spellTOML(n, old *Node) (string, error) {
	switch n.Kind {
	case Null:
		return "", errors.New("TOML has no null")
	case Mapping:
		var parts []string
		for _, e := range n.Entries {
			text, err := w.spellTOML(e.Value, nil)
			if err != nil {
				return "", err
			}
			parts = append(parts, spellKeyTOML(e.Key)+" = "+text)
		}
		if len(parts) == 0 {
			return "{}", nil
		}
		return "{ " + strings.Join(parts, ", ") + " }", nil
	case Sequence:
		var parts []string
		for _, item := range n.Items {
			text, err := w.spellTOML(item, firstString(old))
			if err != nil {
				return "", err
			}
			parts = append(parts, text)
		}
		return "[" + strings.Join(parts, ", ") + "]", nil
	case String:
		return w.stringTOML(n.Value, old), nil
	}
	return n.Value, nil
}

// firstString is the first item of a sequence that is a string, whose style others follow.
func firstString(n *Node) *Node {
	if n != nil {
		for _, item := range n.Items {
			if item.Kind == String {
				return item
			}
		}
	}
	return nil
}

func (w *writer) stringTOML(s string, old *Node) string {
	if old != nil && isTime(old.Kind) && !w.safe {
		for _, kind := range []Kind{DateTime, LocalDateTime, Date, Time} {
			if validTime(kind, s) {
				return s
			}
		}
	}
	if !w.safe && old != nil && old.Span.Len() > 0 && w.m.Text[old.Span.Start] == '\'' && printable(s) && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	return quoteTOML(s)
}

func isTime(k Kind) bool { return k == DateTime || k == LocalDateTime || k == Date || k == Time }

// printable tells whether a string has neither control characters nor line breaks of any kind.
func printable(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}

// quoteTOML spells a basic string (TOML 1.0.0, "String").
func quoteTOML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case printable(string(r)):
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func spellKeyTOML(key string) string {
	for _, c := range []byte(key) {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return quoteTOML(key)
		}
	}
	if key == "" {
		return `""`
	}
	return key
}

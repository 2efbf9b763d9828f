package rules

import (
	"path"
	"strings"
	"unicode"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var slugMissingOrInvalid = lint.Rule{
	Code: "MT008", Name: "slug-missing-or-invalid", Group: metadata, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `The article does not say what its address ends with, or says so in characters that addresses encode.

The address then follows from the title or the file's name, and changes with them; links to it break.
A slug consists of small letters, of any script, and digits, with single dashes between words.`,
	Bad:  "---\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nslug: example\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &slugs{Keys: []string{"slug", "permalink", "url", "id"}}
	},
}

type slugs struct {
	Keys []string `option:"keys" help:"front matter keys, one of which has to be there; the value of the first is looked at"`
}

func (c *slugs) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Root == nil || m.Root.Kind != matter.Mapping || len(c.Keys) == 0 {
		return
	}
	there := false
	topEntries(m, c.Keys, func(e *matter.Entry) {
		there = there || e.Value.Text() != ""
		if strings.EqualFold(e.Key, c.Keys[0]) && e.Value.Kind == matter.String && e.Value.Value != "" {
			checkSlug(p, e)
		}
	})
	if there {
		return
	}
	f := lint.Finding{Span: m.Fence, Message: "the front matter has no " + c.Keys[0]}
	if slug := slugOf(stem(p.Path())); slug != "" && m.Root.Entry(c.Keys[0]) == nil && len(m.Faults) == 0 {
		f.Fixes = addEntry(m, c.Keys[0], slug)
	}
	p.Add(f)
}

func checkSlug(p *lint.Pass, e *matter.Entry) {
	slug := e.Value.Value
	want := slugOf(slug)
	if slug == want {
		return
	}
	f := lint.Finding{Span: e.Value.Span, Message: e.Key + " has characters that an address encodes, capitals or a dash too many"}
	if at, ok := inQuotes(p.Text(), e.Value); ok && want != "" && len(want) < maxTitle {
		if !e.Value.Quoted {
			want = plainText(want)
		}
		f.Fixes = []pipeline.Fix{{Title: "write " + want, Safety: pipeline.Unsafe, Keys: []string{matter.Pointer("", e.Key)},
			Edits: []pipeline.Edit{{Start: at.Start, End: at.End, Text: want}}}}
	}
	p.Add(f)
}

// slugOf makes a slug of a text: its letters, small, and digits, with one dash for all that stands between.
func slugOf(text string) string {
	var b strings.Builder
	dash := false
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			dash = true
			continue
		}
		if dash && b.Len() > 0 {
			b.WriteByte('-')
		}
		dash = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// stem is the name of an article: that of its file without extension and Jekyll's date, or that of its folder
// where the file is called index.
func stem(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if dir := path.Base(path.Dir(file)); name == "index" || name == "_index" {
		return strings.Trim(dir, "./")
	}
	if date := "2006-01-02-"; len(name) > len(date) {
		if _, ok := matter.ReadDate(name[:len(date)-1]); ok && name[len(date)-1] == '-' {
			return name[len(date):]
		}
	}
	return name
}

// plainText spells a slug in YAML: in quotes where it would be no text without.
func plainText(slug string) string {
	switch slug {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return "'" + slug + "'"
	}
	if '0' <= slug[0] && slug[0] <= '9' {
		return "'" + slug + "'"
	}
	return slug
}

// addEntry is the fix that adds a line with a new key at the end of YAML, at the beginning of TOML.
func addEntry(m *matter.Matter, key, value string) []pipeline.Fix {
	raw := m.Raw.Of(m.Text)
	at, line := m.Raw.End, key+": "+plainText(value)
	switch {
	case m.Format == matter.TOML:
		at, line = m.Raw.Start, key+` = "`+value+`"`
	case m.Format != matter.YAML || len(m.Root.Entries) == 0 || m.Text[m.Root.Span.Start] == '{' || raw[len(raw)-1] != '\n':
		return nil
	case m.Root.Span.Start > 0 && m.Text[m.Root.Span.Start-1] != '\n':
		return nil // It is indented.
	}
	end := "\n"
	if strings.HasSuffix(string(m.Open.Of(m.Text)), "\r\n") {
		end = "\r\n"
	}
	return []pipeline.Fix{{Title: "add " + line, Safety: pipeline.Unsafe, Keys: []string{matter.Pointer("", key)},
		Edits: []pipeline.Edit{{Start: at, End: at, Text: line + end}}}}
}

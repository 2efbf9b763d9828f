package rules

import (
	"bytes"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var ambiguousScalar = lint.Rule{
	Code: "FM014", Name: "ambiguous-scalar", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `A plain value of YAML means different things to different parsers.

yes, no, on and off are truth values in YAML 1.1 and text in 1.2; 012 is ten or twelve; 1:30 is ninety or text;
~ is nothing, or text. Which one a program follows is rarely said. A lower-case yes or no behind a key becomes
true or false, all else is put in quotes.`,
	Bad:  "---\ntitle: Rain\ndraft: no\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndraft: false\n---\nIt rained.\n",
	New:  func() lint.Checker { return ambiguous{} },
}

type ambiguous struct{}

func (ambiguous) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Format != matter.YAML {
		return
	}
	isAmbiguous := func(n *matter.Node) bool { return n.Ambiguity() != "" && len(n.Value) <= 100 }
	m.Root.Where(isAmbiguous, func(pointer string, n *matter.Node) {
		quoted := "'" + n.Value + "'"
		message, write := "", quoted
		switch n.Ambiguity() {
		case "yaml11-bool":
			message = "is a truth value in YAML 1.1 and text in 1.2"
			if value, ok := truth(n.Value); ok && behindColon(m.Text, n.Span.Start) {
				write = value
			}
		case "yaml11-int":
			message = "is a number in YAML 1.1 and text in 1.2"
		case "octal":
			message = "is octal in YAML 1.1 and decimal in 1.2"
		case "tilde":
			message, write = "is no value in YAML and text to many who read it", "null"
		}
		p.ReportFix(n.Span, "the plain value "+n.Value+" "+message, pipeline.Fix{
			Title: "write " + write, Safety: pipeline.Unsafe, Keys: []string{pointer},
			Edits: []pipeline.Edit{{Start: n.Span.Start, End: n.Span.End, Text: write}},
		})
	})
}

// truth is what a word of YAML 1.1 stands for that hardly ever is text.
func truth(word string) (value string, ok bool) {
	switch word {
	case "yes", "on":
		return "true", true
	case "no", "off":
		return "false", true
	}
	return "", false
}

// behindColon tells whether a colon stands before an offset, so that the value there belongs to a key.
func behindColon(text []byte, at int) bool {
	before := bytes.TrimRight(text[:at], " \t")
	return bytes.HasSuffix(before, []byte(":"))
}

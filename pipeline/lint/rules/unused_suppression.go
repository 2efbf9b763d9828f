package rules

import (
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var unusedSuppression = lint.Rule{
	Code: "CD001", Name: "unused-suppression", Group: engine, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A comment suppresses findings that are not there.

What it was for has been repaired, or it stands in the wrong place; left behind, it hides the next finding
that nobody meant it for. Only rules that ran are judged. The fix takes out the words that suppress nothing,
and the comment when none is left. Where Markdown would read differently without it, an empty comment stays.

How to suppress a finding: name the rules by code, name, group, or the beginning of a code, and say why.

  date: 7/8/2022 # copydesk: ignore[MT001, slug-missing-or-invalid] as in the printed issue
  <!-- copydesk: ignore[HT005] the colour is part of the story -->

ignore[…] is for the line that it stands on; with nothing before it, for what follows, comments passed over.
ignore-start[…] is for all that follows up to ignore-end[…], or to the end of the front matter or the body.
ignore-file[…] is for the whole file, front matter and body, whichever it stands in; the only way to suppress
what is found at a fence, and the rules of group copydesk.

YAML and TOML have # comments, HTML and Markdown <!-- -->. JSON has none: there, and where the front matter can't
be read, write ignore-file[…] into the body. A comment inside code or a value is no comment.
copydesk lint --add-ignore --reason TEXT writes comments for all that is found; --diff shows them before.`,
	Bad:  "---\ntitle: Rain\n# copydesk: ignore[MT001] as printed\ndate: 2022-07-22\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return unused{} },
}

type unused struct{}

// Check finds nothing: what is unused is known when all rules have run.
func (unused) Check(*lint.Pass) {}

// Review implements lint.Reviewer.
func (unused) Review(p *lint.Pass) {
	judge := judge{pass: p, all: All(), ran: map[string]bool{}}
	var remover *commentRemover
	for _, s := range p.Suppressions() {
		var idle []*lint.Ignored
		for _, r := range s.Rules {
			if s.Kind != lint.IgnoreEnd && !p.Used(r) && judge.ranAll(r.Word) {
				idle = append(idle, r)
			}
		}
		if len(idle) > 0 {
			if remover == nil {
				remover = newCommentRemover(p)
			}
			p.ReportFix(idle[0].Span, idleMessage(idle), pipeline.Fix{Title: "remove", Edits: remover.edits(idle)})
		}
	}
}

func idleMessage(idle []*lint.Ignored) string {
	words := make([]string, 0, 3)
	for _, r := range idle[:min(len(idle), 3)] {
		words = append(words, r.Word)
	}
	list := strings.Join(words, ", ")
	if more := len(idle) - len(words); more > 0 {
		list += " and " + plural(more, "other word")
	}
	if !idle[0].Reaches && len(idle) == 1 {
		return list + " is ignored here by another comment already"
	}
	return "nothing is found here for " + list + " to ignore"
}

// A judge tells whether all rules ran that a word names.
type judge struct {
	pass *lint.Pass
	all  []lint.Rule
	ran  map[string]bool // the answers, by word
}

func (j *judge) ranAll(word string) bool {
	word = strings.ToLower(word)
	ran, known := j.ran[word]
	if !known {
		ran = j.look(word)
		j.ran[word] = ran
	}
	return ran
}

func (j *judge) look(word string) bool {
	if len(j.ran) >= maxUnknown {
		return false
	}
	picked, err := lint.Select(j.all, lint.Selection{Select: []string{word}})
	return err == nil && !slices.ContainsFunc(picked, func(r lint.Rule) bool {
		return lint.OnlyWholeFile(r.Code) || !j.pass.Ran(r.Code)
	})
}

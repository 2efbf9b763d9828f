package report

import "strings"

// fullDescriptionLimit is how many characters of a full description GitHub's code scanning takes
// (docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning).
const fullDescriptionLimit = 1024

// sarifRuleOf is what a log says of a rule: a sentence, the paragraph of it, and all of its documentation.
func sarifRuleOf(r RuleInfo) sarifRule {
	rule := sarifRule{ID: jsonText(r.Code), Name: jsonText(r.Name), Default: sarifDefault{sarifLevel(r.Severity)}}
	if r.Short == "" {
		return rule
	}
	short := sarifText(r.Short)
	why, _, _ := strings.Cut(r.Long, "\n\n")
	full := short
	if paragraph := strings.Join(strings.Fields(r.Short+" "+why), " "); len(paragraph) <= fullDescriptionLimit {
		full = sarifText(paragraph)
	}
	rule.Short, rule.Full = &short, &full
	rule.Help = &sarifHelp{
		Text:     sarifText(r.page("Bad:", "Good:")).Text,
		Markdown: jsonText(sarifBraces.Replace(r.page("**Bad**", "**Good**"))),
	}
	return rule
}

// page is the documentation of a rule, with its examples below the titles given. They are
// indented, which makes them blocks of code in Markdown that no text in them can end.
func (r RuleInfo) page(bad, good string) string {
	parts := []string{r.Short}
	for _, part := range []struct{ title, text string }{{"", r.Long}, {bad, r.Bad}, {good, r.Good}} {
		text := strings.TrimSuffix(part.text, "\n")
		if text == "" {
			continue
		}
		if part.title != "" {
			parts = append(parts, part.title)
			text = "    " + strings.ReplaceAll(text, "\n", "\n    ")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n\n")
}

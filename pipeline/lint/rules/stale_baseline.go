package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var staleBaseline = lint.Rule{
	Code: lint.StaleBaseline, Name: "stale-baseline", Group: engine, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `The baseline has an entry for what is not found any more.

What it was for has been repaired, or the article is gone; left behind, the entry hides the next finding of its kind.
Only entries of articles and rules that were looked at in this run are judged, so a hook that passes a few files
finds fault with no others; of articles that are gone, those under the paths that were named.
--fix takes the entries out, and so does --write-baseline.

A baseline is for a site that has findings already: copydesk lint --baseline FILE --write-baseline PATH... writes
them all down, and with --baseline FILE alone only new ones are reported and, with --fix, repaired. A finding is known
by the rule, the path, the front matter value and the text that it points at, not by its line; of several equal ones,
as many as there were.`,
	New: func() lint.Checker { return reportedByEngine{} },
}

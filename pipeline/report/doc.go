// Package report prints diagnostics, one file per format. It owns everything that a terminal or
// a log has to do with: colours, display width, and making foreign text safe to show.
//
// The formats are text (for people: a header line, the source line and what can be done),
// concise (one line a finding), json (one array) and jsonl (one object a line). All of them give
// columns in code points from 1; json and jsonl give byte offsets from 0 too. The findings of
// a document come in the order of their place, then of their code.
//
// A document that could not be done is one more entry, behind its findings. In text and concise it
// has a path and no place: "posts/a.md: error: cause". In json and jsonl it has the members of
// every finding, so that a consumer's filter on severity or path meets it, with null for what
// it lacks: code, rule, start and end.
package report

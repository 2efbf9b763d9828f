// Package report prints diagnostics, one file per format. It owns everything that a terminal or
// a log has to do with: colours, display width, and making foreign text safe to show.
//
// The findings of a document come in the order of their place, then of their code. Lines and columns
// count from 1, and lines end with LF, CRLF or a lone CR in all formats:
//
//	format      for                  columns      end of a range
//	text        people               code points  exclusive
//	concise     a line a finding     code points  not told
//	grouped     people, by document  code points  not told
//	json        one array            code points  exclusive, byte offsets from 0 too
//	jsonl       an object a line     code points  exclusive, byte offsets from 0 too
//	sarif       SARIF 2.1.0          code points  exclusive; columnKind says so
//	github      GitHub annotations   code points  line inclusive, column exclusive; none over several lines
//	gitlab      GitLab Code Quality  none         line inclusive
//	junit       test reports         code points  not told
//	checkstyle  Checkstyle's XML     code points  not told; a tab is one column
//	rdjsonl     reviewdog            bytes        exclusive
//
// # Paths
//
// The formats up to jsonl have paths as the user would open them. The others have them cleaned, and
// relative to Options.Root where they lie in it, which the command line takes for github, sarif and gitlab from
// the CI system; sarif has them as URI references, every byte told.
//
// # Documents that could not be done
//
// Such a document is one more entry, behind its findings. In text, concise and grouped it
// has a path and no place: "posts/a.md: error: cause". In json and jsonl it has the members of
// every finding, so that a consumer's filter on severity or path meets it, with null for what
// it lacks: code, rule, start and end. In sarif it is a notification of the invocation, which is not
// successful then; in github an error that comes before all findings; in gitlab a blocker on line 1;
// in junit an error, where findings are failures; in checkstyle an error on line 0; in rdjsonl an error
// without a range. Where a rule would be named, it is called not-done.
//
// # Limits
//
// All formats but github are written as documents come, and hold nothing of them but this: sarif
// the paths of its artifacts, and it ends with 25,000 results and says how many are missing; github
// up to forty findings, since GitHub shows ten annotations of a kind, and the rest goes to Options.Summary.
//
// # Foreign text
//
// Names and messages can't end a string, an element, a line or a command of the format, and no
// format has a raw control or hidden character in it. Formats that can tell such a character do (JSON
// as \u001b, XML as &#x2028;, a workflow command its line breaks as %0A); elsewhere it is written
// visibly, as Quote does. Bytes that are not UTF-8 become U+FFFD in JSON, and \xff elsewhere.
package report

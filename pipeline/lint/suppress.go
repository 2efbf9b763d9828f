package lint

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

// A Suppression is a comment that has the linter pass over findings:
//
//	date: 7/8/2022 # copydesk: ignore[MT001] the archive has it so
//	<!-- copydesk: ignore[HT005, remote-image] -->
//
// It stands in a comment of its own, which holds nothing before it: a # comment of YAML or TOML,
// or <!-- --> in an HTML or Markdown body or before the front matter. What looks like one in code,
// in text or in a value is none, JSON has no comments, and front matter that can't be read has none
// that could be told from values. The brackets hold codes, names, groups and beginnings of codes,
// as a Selection does, in upper or lower case; what follows them is the reason.
//
//	ignore[…]        the line that the comment stands on, where something else stands before it;
//	                 else the line of what follows, blank lines and comments passed over
//	ignore-start[…]  all from here to
//	ignore-end[…]    of the same word, or to the end of the front matter or body
//	ignore-file[…]   the whole file, whichever part of it the comment stands in
//
// A finding belongs to the line where its Span starts. The rules on suppressions and the others of
// group copydesk can only be ignored for a whole file.
type Suppression struct {
	Span   pipeline.Span // the comment
	Kind   SuppressionKind
	Rules  []*Ignored // in their order
	Reason string
	Fault  string // what is wrong with it, in plain words; it suppresses nothing then, and has no Rules
	// Alone is true when nothing stands before it on its line but suppressions.
	Alone bool
	// InBody is true when it stands in the body.
	InBody bool

	next int // where what follows it begins
}

// SuppressionKind is what a suppression reaches.
type SuppressionKind string

// The kinds of suppression.
const (
	IgnoreNext  SuppressionKind = "ignore"
	IgnoreStart SuppressionKind = "ignore-start"
	IgnoreEnd   SuppressionKind = "ignore-end"
	IgnoreFile  SuppressionKind = "ignore-file"
)

var suppressionKinds = []string{string(IgnoreNext), string(IgnoreStart), string(IgnoreEnd), string(IgnoreFile)}

// An Ignored is one word in the brackets of a suppression.
type Ignored struct {
	Word string
	Span pipeline.Span
	In   *Suppression
	// Other is the word in an IgnoreEnd that ends this one of an IgnoreStart, and the other way round;
	// nil where none does, or where the same word had begun before.
	Other *Ignored
	// Reaches is true when it has a range of its own, and false where it only says again what
	// another comment has said.
	Reaches bool
}

// marker is what a suppression begins with.
var marker = []byte("copydesk:")

// suppressions are those of a document, ready to be asked.
type suppressions struct {
	list   []*Suppression
	scopes map[scopeKey][]scope
}

var suppressionReading = pipeline.NewReading(func(d *pipeline.Document) *suppressions {
	list := findSuppressions(d)
	locate(d, list)
	return &suppressions{list, scopesOf(d, list)}
})

// suppressionsOf gives the suppressions of a document, nil when it can have none.
func suppressionsOf(d *pipeline.Document) *suppressions {
	if !bytes.Contains(d.Text, marker) {
		return nil
	}
	return suppressionReading.Of(d)
}

// newSuppression reads a comment whose content begins at offset at, if it is a suppression.
func newSuppression(comment pipeline.Span, content []byte, at int, inBody bool) (*Suppression, bool) {
	rest := bytes.TrimLeft(content, " \t\r\n")
	if !bytes.HasPrefix(rest, marker) {
		return nil, false
	}
	at += len(content) - len(rest) + len(marker)
	s := &Suppression{Span: comment, InBody: inBody}
	s.parse(string(rest[len(marker):]), at)
	return s, true
}

// parse reads what follows the marker. Offset at is where text begins.
func (s *Suppression) parse(text string, at int) {
	rest := strings.TrimLeft(text, " \t\r\n")
	n := strings.IndexFunc(rest, func(c rune) bool { return c != '-' && (c|0x20 < 'a' || c|0x20 > 'z') })
	if n < 0 {
		n = len(rest)
	}
	word := strings.ToLower(rest[:n])
	if !slices.Contains(suppressionKinds, word) {
		s.Fault = "after \"copydesk:\" stands neither ignore nor ignore-start, ignore-end or ignore-file"
		if best := report.Suggest(word, suppressionKinds); best != "" && word != "" {
			s.Fault = fmt.Sprintf("unknown suppression %q; did you mean %q?", word, best)
		}
		return
	}
	s.Kind = SuppressionKind(word)
	list, reason, closed := strings.Cut(rest[n:], "]")
	switch {
	case !strings.HasPrefix(list, "["):
		s.Fault = fmt.Sprintf("%s without rules would hide too much: write %s[MT001] with the rules that you mean", word, word)
	case !closed:
		s.Fault = fmt.Sprintf("the bracket of %s[ is not closed", word)
	default:
		s.Reason = strings.TrimSpace(reason)
		s.parseList(list[1:], at+len(text)-len(rest)+n+1)
	}
}

// parseList reads the words between the brackets. Offset at is where list begins.
func (s *Suppression) parseList(list string, at int) {
	for part := range strings.SplitSeq(list, ",") {
		word := strings.TrimSpace(part)
		if word == "" {
			s.Rules = nil
			s.Fault = fmt.Sprintf("a rule is missing between the brackets: write %s[MT001] or %s[MT001, date-format]", s.Kind, s.Kind)
			return
		}
		start := at + strings.Index(part, word)
		s.Rules = append(s.Rules, &Ignored{Word: word, Span: pipeline.Span{Start: start, End: start + len(word)}, In: s})
		at += len(part) + 1
	}
}

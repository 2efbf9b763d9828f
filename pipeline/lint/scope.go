package lint

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"copydesk/pipeline"
)

// A scope is where a word of a suppression holds: for findings that start in the span, whose end is
// one beyond the text where the end of the text belongs to it.
type scope struct {
	pipeline.Span
	by *Ignored
}

// A scopeKey names the scopes of one kind and one word, in lower case. They are apart from each other
// and in the order of their place.
type scopeKey struct {
	kind SuppressionKind
	word string
}

// locate finds out for each suppression whether it stands alone and what follows it.
func locate(d *pipeline.Document, list []*Suppression) {
	table := lines.Of(d)
	for i, s := range list {
		start := table.Line(table.Number(s.Span.Start)).Start
		s.Alone = true
		if i > 0 && list[i-1].Span.End > start { // The one before ends on this line.
			start = list[i-1].Span.End
			s.Alone = list[i-1].Alone
		}
		s.Alone = s.Alone && len(bytes.Trim(d.Text[start:s.Span.Start], s.blanks(d))) == 0
	}
	for i := len(list) - 1; i >= 0; i-- {
		var after *Suppression
		if i+1 < len(list) {
			after = list[i+1]
		}
		list[i].next = list[i].follows(d, after)
	}
}

// blanks are the bytes that count for nothing around the suppression; in Markdown the marks of a quote, too.
func (s *Suppression) blanks(d *pipeline.Document) string {
	if s.InBody && d.BodyFormat() == pipeline.Markdown {
		return " \t\r\n>"
	}
	return " \t\r\n"
}

// follows is the offset of what follows the suppression, blanks and comments passed over.
// after is the next suppression, whose own answer is known: no comment is passed over twice.
func (s *Suppression) follows(d *pipeline.Document, after *Suppression) int {
	for at := s.Span.End; ; {
		rest := bytes.TrimLeft(d.Text[at:], s.blanks(d))
		at = len(d.Text) - len(rest)
		length := -1
		switch {
		case d.Text[s.Span.Start] == '#' && bytes.HasPrefix(rest, []byte("#")):
			if length = bytes.IndexAny(rest, "\r\n"); length < 0 {
				length = len(rest)
			}
		case d.Text[s.Span.Start] == '<' && bytes.HasPrefix(rest, []byte("<!--")):
			if length = bytes.Index(rest, []byte("-->")); length >= 0 {
				length += len("-->")
			}
		}
		if length < 0 {
			return at
		}
		at += length
		if after != nil && at > after.Span.Start {
			return after.next
		}
	}
}

// scopesOf makes the scopes of all suppressions, and joins starts and ends.
func scopesOf(d *pipeline.Document, list []*Suppression) map[scopeKey][]scope {
	b := scopeBuilder{doc: d, made: map[scopeKey][]scope{}, open: map[string]*Ignored{}}
	body := slices.IndexFunc(list, func(s *Suppression) bool { return s.InBody })
	if body < 0 {
		body = len(list)
	}
	b.addAll(list[:body], d.Body().Start)
	b.addAll(list[body:], len(d.Text)+1)
	return b.made
}

// A scopeBuilder is one run of scopesOf.
type scopeBuilder struct {
	doc  *pipeline.Document
	made map[scopeKey][]scope
	open map[string]*Ignored // ranges that have begun
}

// addAll makes the scopes of the suppressions in the front matter or the body, where open ranges end.
func (b *scopeBuilder) addAll(list []*Suppression, end int) {
	for _, s := range list {
		for _, r := range s.Rules {
			b.add(s, r)
		}
	}
	for word, start := range b.open {
		b.make(IgnoreStart, word, scope{pipeline.Span{Start: start.In.Span.End, End: end}, start})
	}
	clear(b.open)
}

func (b *scopeBuilder) add(s *Suppression, r *Ignored) {
	word := strings.ToLower(r.Word)
	switch s.Kind {
	case IgnoreNext:
		b.make(s.Kind, word, scope{b.line(s), r})
	case IgnoreFile:
		b.make(s.Kind, word, scope{pipeline.Span{Start: 0, End: len(b.doc.Text) + 1}, r})
	case IgnoreStart:
		if b.open[word] == nil {
			b.open[word] = r
		}
	case IgnoreEnd:
		if start := b.open[word]; start != nil {
			start.Other, r.Other = r, start
			b.make(IgnoreStart, word, scope{pipeline.Span{Start: start.In.Span.End, End: s.Span.Start}, start})
			delete(b.open, word)
		}
	}
}

// make adds a scope unless an equal one is there.
func (b *scopeBuilder) make(kind SuppressionKind, word string, s scope) {
	key := scopeKey{kind, word}
	have := b.made[key]
	if n := len(have); n > 0 && have[n-1].Span == s.Span {
		return
	}
	s.by.Reaches = true
	b.made[key] = append(have, s)
}

// line is the span of the line that an IgnoreNext is for, with its line break.
func (b *scopeBuilder) line(s *Suppression) pipeline.Span {
	at := s.Span.Start
	if s.Alone {
		at = s.next
	}
	table := lines.Of(b.doc)
	n := table.Number(at)
	end := len(b.doc.Text) + 1
	if n < table.Count() {
		end = table.Line(n + 1).Start
	}
	return pipeline.Span{Start: table.Line(n).Start, End: end}
}

// has tells whether the span is that of a suppression.
func (s *suppressions) has(span pipeline.Span) bool {
	i := sort.Search(len(s.list), func(i int) bool { return s.list[i].Span.Start >= span.Start })
	return i < len(s.list) && s.list[i].Span == span
}

// covering calls found for each word that suppresses findings of a rule at an offset.
func (s *suppressions) covering(r *active, offset int, found func(*Ignored)) {
	for _, kind := range []SuppressionKind{IgnoreNext, IgnoreStart, IgnoreFile} {
		if kind != IgnoreFile && OnlyWholeFile(r.Code) {
			continue
		}
		for _, word := range r.words {
			scopes := s.scopes[scopeKey{kind, word}]
			i := sort.Search(len(scopes), func(i int) bool { return scopes[i].Start > offset })
			if i > 0 && scopes[i-1].Contains(offset) {
				found(scopes[i-1].by)
			}
		}
	}
}

// suppressed tells whether a comment of the document suppresses findings of a rule at an offset.
func suppressed(d *pipeline.Document, r *active, offset int) (yes bool) {
	if s := suppressionsOf(d); s != nil {
		s.covering(r, offset, func(*Ignored) { yes = true })
	}
	return yes
}

// OnlyWholeFile tells whether the rule with a code can only be ignored for a whole file.
func OnlyWholeFile(code string) bool { return strings.HasPrefix(code, "CD") }

// words are all that names the rule, in lower case, as Selection has it.
func (r *Rule) words() []string {
	words := []string{r.Code, r.Name, r.Group, r.Code[:2], r.Code[:3], r.Code[:4]}
	for i, w := range words {
		words[i] = strings.ToLower(w)
	}
	return words
}

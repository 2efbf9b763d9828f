package matter

import (
	"bufio"
	"bytes"
	"sync"

	"github.com/adrg/frontmatter"

	"copydesk/pipeline"
)

// buffers are readers for adrg/frontmatter, which would make one of its own, of 4 KB, for each text.
var buffers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// captures tells whether adrg/frontmatter takes raw, but for white space around it, for front matter at
// the start of text: the data between the fences, which are written as given. None of its parsers runs.
func captures(raw, text []byte, opening, closing string) (same bool) {
	take := func(data []byte, _ any) error {
		same = bytes.Equal(bytes.TrimSpace(data), bytes.TrimSpace(raw))
		return nil
	}
	format := frontmatter.NewFormat(opening, closing, take)
	if opening == "{" {
		format.UnmarshalDelims, format.RequiresNewLine = true, true
	}
	buffer := buffers.Get().(*bufio.Reader)
	buffer.Reset(bytes.NewReader(text))
	_, err := frontmatter.Parse(buffer, nil, format)
	buffer.Reset(nil)
	buffers.Put(buffer)
	return err == nil && same // A reader of bytes does not fail.
}

// compare reports an envelope that adrg/frontmatter would see elsewhere, unless a fault that was
// found before says why.
func (s *splitter) compare(env Envelope) {
	if env.Raw.Len() > frontMatterLimits.Bytes {
		return // It is copied line by line, and too long for front matter anyway.
	}
	opening := string(env.Fence.Of(s.text))
	closing := opening
	end := env.Close.End
	switch {
	case opening == "{":
		closing = "}"
		_, end = lineAt(s.text, env.Close.End)
	case len(opening) > 3:
		closing = opening[:3]
	}
	if env.isPlain(s.text, closing) || captures(env.Raw.Of(s.text), s.text[:end], opening, closing) || s.explained() {
		return
	}
	s.fault(Fault{
		Kind: OddFence, Minor: true, Span: pipeline.Span{Start: env.Fence.Start, End: env.Fence.End},
		Message: "the front matter that begins here is not found as it stands by tools that read line by line",
	})
}

// isPlain tells of an envelope that adrg/frontmatter can't but capture as it is, so that it need not be asked: nothing
// but white space stands before the opening fence and beside both, and what closes the data stands nowhere in them.
func (e Envelope) isPlain(text []byte, closing string) bool {
	raw := e.Raw.Of(text)
	return e.Fence.Len() == 3 && isSpace(text[:e.Fence.Start]) && isSpace(text[e.Fence.End:e.Raw.Start]) &&
		e.Raw.Start > e.Fence.End && text[e.Raw.Start-1] == '\n' &&
		!bytes.Contains(raw, []byte(closing)) && (len(raw) == 0 || raw[len(raw)-1] == '\n') &&
		string(bytes.Trim(e.Close.Of(text), " \t\r\n")) == closing
}

func isSpace(text []byte) bool { return len(bytes.Trim(text, " \t\r\n")) == 0 }

// explained tells whether a fault says why other tools see the envelope elsewhere.
func (s *splitter) explained() bool {
	for _, f := range s.faults {
		switch f.Kind {
		case BOM, NotFirst, EarlyFence, OddFence, MixedNewlines:
			return true
		}
	}
	return false
}

package matter

import (
	"bytes"

	"github.com/adrg/frontmatter"

	"copydesk/pipeline"
)

// capture is what adrg/frontmatter takes for front matter at the start of text: the data between
// the fences, which are written as given. Only the bytes are captured: none of its parsers runs.
func capture(text []byte, opening, closing string) (raw []byte, found bool) {
	take := func(data []byte, _ any) error {
		raw, found = bytes.Clone(data), true
		return nil
	}
	format := frontmatter.NewFormat(opening, closing, take)
	if opening == "{" {
		format.UnmarshalDelims, format.RequiresNewLine = true, true
	}
	if _, err := frontmatter.Parse(bytes.NewReader(text), nil, format); err != nil {
		return nil, false // A reader of bytes does not fail.
	}
	return raw, found
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
	raw, found := capture(s.text[:end], opening, closing)
	if found && bytes.Equal(bytes.TrimSpace(raw), bytes.TrimSpace(env.Raw.Of(s.text))) || s.explained() {
		return
	}
	s.fault(Fault{
		Kind: OddFence, Minor: true, Span: pipeline.Span{Start: env.Fence.Start, End: env.Fence.End},
		Message: "the front matter that begins here is not found as it stands by tools that read line by line",
	})
}

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

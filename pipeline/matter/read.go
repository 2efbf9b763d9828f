package matter

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"copydesk/pipeline"
)

// bounds limit what is read. Zero means no limit.
type bounds struct {
	Bytes int // length of the data
	Depth int // collections inside one another, the top value being the first
	Keys  int // of all mappings together
	Nodes int // values, those that aliases stand for counted each time
}

// frontMatterLimits hold for front matter: the largest of 4,549 real files has 9 KB.
var frontMatterLimits = bounds{Bytes: 64 << 10, Depth: 32, Keys: 1000, Nodes: 10_000}

// textLimits hold for whole texts. The depth is what every parser reads without trouble;
// nodes are limited in YAML alone, where aliases can multiply them.
var textLimits = bounds{Depth: 10_000}

// Read splits a text and reads its front matter.
func Read(text []byte) *Matter {
	env, faults := Split(text)
	return read(text, env, faults)
}

// read reads the front matter of a text that is split.
func read(text []byte, env Envelope, faults []Fault) *Matter {
	m := &Matter{Envelope: env, Text: text, Faults: slices.Clip(faults)}
	if env.Format == None {
		return m
	}
	root, found := parse(text, env.Raw, env.Format, frontMatterLimits)
	if wide := allWide(text, root); wide != nil {
		root, found = nil, append(found, wide...)
	}
	if root == nil {
		found = mend(text, env, found)
	}
	if root != nil && root.Kind != Mapping {
		found = append(found, Fault{
			Kind: NotMapping, Span: root.Span,
			Message: fmt.Sprintf("the front matter is a %s, not a mapping of keys to values", root.Kind),
		})
	}
	m.Root = root
	m.Faults = append(m.Faults, found...)
	sortFaults(m.Faults)
	return m
}

// Parse reads a whole text of the given format (a config file, a JSON article). Root is nil when the
// syntax is broken; an empty text is an empty mapping. The limits of front matter do not hold.
func Parse(text []byte, f Format) (*Node, []Fault) {
	root, faults := parse(text, pipeline.Span{Start: 0, End: len(text)}, f, textLimits)
	sortFaults(faults)
	return root, faults
}

// parse reads the span of text.
func parse(text []byte, span pipeline.Span, f Format, limits bounds) (*Node, []Fault) {
	if limits.Bytes > 0 && span.Len() > limits.Bytes {
		return nil, []Fault{overLimit(span.Start+limits.Bytes, "bytes", limits.Bytes)}
	}
	switch f {
	case YAML:
		return parseYAML(text, span, limits)
	case TOML:
		return parseTOML(text, span, limits)
	case JSON:
		return parseJSON(text, span, limits)
	}
	return nil, nil
}

// quoted shows foreign text in a message, shortened.
func quoted(text []byte) string {
	const most = 40
	if len(text) > most {
		end := most
		for end > most-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		return strconv.Quote(string(text[:end])) + "…"
	}
	return strconv.Quote(string(text))
}

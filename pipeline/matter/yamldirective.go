package matter

import (
	"bytes"
	"regexp"
	"sync"

	"copydesk/pipeline"
)

// directivePatterns are lines that the loader refuses and section 6.8 of YAML 1.2 has read: a version of YAML 1, which
// it knows as 1.1 alone, and directives with a name that is not known, which are to be left out.
var directivePatterns = sync.OnceValue(func() (p struct{ version, reserved *regexp.Regexp }) {
	p.version = regexp.MustCompile(`^%YAML[ \t]+1\.[0-9]{1,3}([ \t]+#.*)?[ \t]*$`)
	p.reserved = regexp.MustCompile(`^%[A-Z]+([ \t]+.*)?$`)
	return p
})

// withoutDirectives makes comments of the directives before the mark that a YAML document begins with. Offsets stay.
func withoutDirectives(data []byte) []byte {
	var found []pipeline.Span
	begins := false
	versions := 0
	lines(data, pipeline.Span{Start: 0, End: len(data)}, func(line pipeline.Span) bool {
		text := line.Of(data)
		if bare := bytes.TrimSpace(text); len(bare) == 0 || bare[0] == '#' {
			return true
		}
		begins = documentMark(text) && text[0] == '-'
		if text[0] != '%' {
			return false
		}
		known := directivePatterns().reserved
		switch name, _, _ := bytes.Cut(text, []byte(" ")); string(name) {
		case "%TAG":
			return true
		case "%YAML":
			versions++
			known = directivePatterns().version
		}
		if known.Match(text) {
			found = append(found, line)
		}
		return true
	})
	if !begins || len(found) == 0 || versions > 1 {
		return data
	}
	data = bytes.Clone(data)
	for _, line := range found {
		data[line.Start] = '#'
	}
	return data
}

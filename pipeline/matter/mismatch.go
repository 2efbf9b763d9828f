package matter

import (
	"fmt"

	"copydesk/pipeline"
)

// mismatch reports data whose syntax is not the one that its fence stands for; the envelope
// then has the format of the data.
func (s *splitter) mismatch(env *Envelope, f fence, looks looks, closing pipeline.Span) {
	is := f.format
	switch looks {
	case yamlKeys, broken:
		is = YAML
	case tomlKeys:
		is = TOML
	case jsonObject:
		is = JSON
	}
	if is == f.format || f.format == JSON || f.format == TOML && is == JSON {
		return
	}
	if is == JSON { // A flow mapping of YAML may look like JSON.
		if _, faults := parse(s.text, env.Raw, JSON, frontMatterLimits); len(faults) > 0 {
			return
		}
	}
	if is == TOML {
		if _, faults := parse(s.text, env.Raw, TOML, frontMatterLimits); unreadable(faults) {
			return
		}
	}
	env.Format = is
	opening := map[Format]string{YAML: "---", TOML: "+++", JSON: "---json"}[is]
	s.fault(Fault{
		Kind: WrongFormat, Span: env.Fence,
		Message: fmt.Sprintf("the fence %s stands for %s, and the data is %s",
			quoted(env.Fence.Of(s.text)), names[f.format], names[is]),
		Edits: []pipeline.Edit{
			{Start: env.Fence.Start, End: env.Fence.End, Text: opening},
			{Start: closing.Start, End: closing.End, Text: opening[:3]},
		},
	})
}

// names are the formats as people write them.
var names = map[Format]string{YAML: "YAML", TOML: "TOML", JSON: "JSON"}

package schema

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"copydesk/pipeline/report"
)

// keywords are those of the drafts 4 to 2020-12, and what editors and OpenAPI add.
var keywords = strings.Fields(`
	$anchor $comment $defs $dynamicAnchor $dynamicRef $id $recursiveAnchor $recursiveRef $ref $schema $vocabulary
	additionalItems additionalProperties allOf anyOf const contains contentEncoding contentMediaType contentSchema
	default definitions dependencies dependentRequired dependentSchemas deprecated description else enum examples
	exclusiveMaximum exclusiveMinimum format id if items maxContains maxItems maxLength maxProperties maximum
	minContains minItems minLength minProperties minimum multipleOf not oneOf pattern patternProperties prefixItems
	properties propertyNames readOnly required then title type unevaluatedItems unevaluatedProperties uniqueItems writeOnly
	defaultSnippets deprecationMessage discriminator enumDescriptions errorMessage example externalDocs
	markdownDescription nullable patternErrorMessage xml`)

// Misspelt tells of keywords in a schema that came from the loader which no draft knows, and which are nearly one
// that it does: a validator takes no notice of them. The error joins them, each a *Mistake; nil is none.
func (l *Loader) Misspelt(s *Schema) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []*Mistake
	for location, p := range s.parts {
		where, _, _ := strings.Cut(location, "#")
		d, raw := l.docs[where], p.raw.Resolve()
		if d == nil || raw == nil {
			continue
		}
		for _, e := range raw.Entries {
			if slices.Contains(keywords, e.Key) || strings.HasPrefix(e.Key, "x-") {
				continue
			}
			if near := report.Suggest(e.Key, keywords); near != "" {
				found = append(found, d.mistake(e.KeySpan.Start, "unknown keyword %s; did you mean %s?", quoted(e.Key), quoted(near)))
			}
		}
	}
	slices.SortFunc(found, func(a, b *Mistake) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), a.Line-b.Line, a.Column-b.Column)
	})
	errs := make([]error, len(found))
	for i, m := range found {
		errs[i] = m
	}
	return errors.Join(errs...)
}

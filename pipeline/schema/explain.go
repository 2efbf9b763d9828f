package schema

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline/matter"
)

// explain turns an error of the compiler into mistakes with places.
func (l *Loader) explain(where string, err error) error {
	var (
		invalid  *jsonschema.SchemaValidationError
		load     *jsonschema.LoadURLError
		regex    *jsonschema.InvalidRegexError
		anchor   *jsonschema.AnchorNotFoundError
		pointer  *jsonschema.JSONPointerNotFoundError
		syntax   *jsonschema.InvalidJsonPointerError
		draft    *jsonschema.UnsupportedDraftError
		id       *jsonschema.ParseIDError
		twice    *jsonschema.DuplicateIDError
		anchors  *jsonschema.DuplicateAnchorError
		vocab    *jsonschema.UnsupportedVocabularyError
		parseURL *jsonschema.ParseURLError
	)
	switch {
	case errors.As(err, &invalid):
		return l.invalid(invalid)
	case errors.As(err, &load):
		return l.unloaded(where, load)
	case errors.As(err, &regex):
		return l.wrong(regex.URL, "the pattern %q can't be used: %v", regex.Regex, regex.Err)
	case errors.As(err, &anchor):
		return l.reference(where, anchor.Reference, "there is nothing of that name in the file")
	case errors.As(err, &pointer):
		return l.reference(where, pointer.URL, "there is nothing at that place")
	case errors.As(err, &syntax):
		return l.reference(where, syntax.URL, "that is no JSON pointer")
	case errors.As(err, &draft):
		return l.wrong(draft.URL+"#/$schema", "the draft %q is not known; there are %s", draft.URL, drafts)
	case errors.As(err, &id):
		return l.wrong(id.URL, "the id of this schema is no URL")
	case errors.As(err, &twice):
		return l.wrong(l.later(twice.URL, twice.Ptr1, twice.Ptr2), "the id %q is there twice", twice.ID)
	case errors.As(err, &anchors):
		return l.wrong(l.later(anchors.URL, anchors.Ptr1, anchors.Ptr2), "the anchor %q is there twice", anchors.Anchor)
	case errors.As(err, &vocab):
		return l.wrong(vocab.URL+"#/$vocabulary", "the vocabulary %q is required and not known", vocab.Vocabulary)
	case errors.As(err, &parseURL):
		return l.reference(where, parseURL.URL, "that is no URL")
	}
	return l.wrong(where, "%v", err)
}

// drafts are those that are known.
const drafts = "http://json-schema.org/draft-04/schema#, draft-06, draft-07, https://json-schema.org/draft/2019-09/schema and 2020-12"

// wrong is a mistake at a location.
func (l *Loader) wrong(location, message string, args ...any) error {
	where, _, _ := strings.Cut(location, "#")
	d := l.docs[where]
	if d == nil {
		return &Mistake{Path: where, Message: fmt.Sprintf(message, args...)}
	}
	offset := d.root.Span.Start
	if n := l.node(location); n != nil {
		offset = n.Span.Start
	}
	return d.mistake(offset, message, args...)
}

// later is the location of the later one of two places in a file.
func (l *Loader) later(where, one, other string) string {
	a, b := l.node(where+"#"+one), l.node(where+"#"+other)
	if a != nil && b != nil && a.Span.Start > b.Span.Start {
		return where + "#" + one
	}
	return where + "#" + other
}

// invalid tells what the draft's own schema finds wrong.
func (l *Loader) invalid(e *jsonschema.SchemaValidationError) error {
	where, fragment, _ := strings.Cut(e.URL, "#")
	d := l.docs[where]
	var tree *jsonschema.ValidationError
	if d == nil || !errors.As(e.Err, &tree) {
		return l.wrong(e.URL, "%v", e.Err)
	}
	root := d.root
	if n := l.node(e.URL); n != nil && fragment != "" {
		root = n
	}
	f := finder{
		subject: subject{text: d.text, root: root, format: d.format, top: firstLine(d.text, root.Span), name: "the schema"},
		schema:  &Schema{parts: map[string]*part{}},
	}
	f.walk(tree)
	var errs []error
	for _, fault := range f.sorted() {
		errs = append(errs, d.mistake(fault.Span.Start, "%s", fault.Message))
	}
	return errors.Join(errs...)
}

// unloaded tells of a reference to what could not be read: at the reference, unless the mistake is in what was read.
func (l *Loader) unloaded(where string, e *jsonschema.LoadURLError) error {
	var inside *Mistake
	if errors.As(e.Err, &inside) && inside.Line > 0 {
		return e.Err
	}
	reason := e.Err.Error()
	if inside != nil {
		reason = strings.TrimPrefix(inside.Message, "read schema: ")
	}
	return l.reference(where, e.URL, reason)
}

// reference is a mistake at the reference to a URL, which stands in one of the files that were read.
func (l *Loader) reference(where, target, reason string) error {
	for _, base := range slices.Sorted(maps.Keys(l.docs)) {
		d := l.docs[base]
		var found *matter.Node
		d.root.Walk(func(pointer string, n *matter.Node) {
			switch lastOf("#" + pointer) {
			case "$ref", "$schema", "$dynamicRef", "$recursiveRef":
			default:
				return
			}
			if found == nil && n.Kind == matter.String && refersTo(base, d, n.Value, target) {
				found = n
			}
		})
		if found != nil && d.root.Get("$schema") == found {
			return d.mistake(found.Span.Start, "the draft %q is not known; there are %s", found.Value, drafts)
		}
		if found != nil {
			return d.mistake(found.Span.Start, "can't follow %q: %s", found.Value, reason)
		}
	}
	return l.wrong(where, "can't follow %q: %s", target, reason)
}

// refersTo tells whether a reference in a document means a URL.
func refersTo(base string, d *document, ref, target string) bool {
	if ref == target || ref == "#"+afterHash(target) && strings.HasPrefix(target, base) {
		return true
	}
	to, err := url.Parse(ref)
	if err != nil {
		return false
	}
	for _, from := range []string{base, d.root.Get("$id").Text(), d.root.Get("id").Text()} {
		u, err := url.Parse(from)
		if err != nil {
			continue
		}
		resolved := u.ResolveReference(to)
		plain := *resolved
		plain.Fragment, plain.RawFragment = "", ""
		if resolved.String() == target || plain.String() == target {
			return true
		}
	}
	return false
}

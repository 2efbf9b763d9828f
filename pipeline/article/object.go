package article

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// An object is a JSON object of an article, with its place in it.
type object struct {
	text    []byte // the whole article
	name    string // "body", "assets.0"; "" for the article itself
	node    *matter.Node
	members map[string]*matter.Node
}

// newObject takes a value that must be an object without a member that stands twice.
func newObject(text []byte, name string, n *matter.Node) (*object, error) {
	if n.Kind != matter.Mapping {
		return nil, malformed(text, n.Span.Start, "%s is %s, not an object", orArticle(name), kind(n))
	}
	o := &object{text, name, n, make(map[string]*matter.Node, len(n.Entries))}
	for _, e := range n.Entries {
		if _, twice := o.members[e.Key]; twice {
			return nil, malformed(text, e.KeySpan.Start, "member %s stands twice", o.path(e.Key))
		}
		o.members[e.Key] = e.Value
	}
	return o, nil
}

// malformed is an error about the byte at offset of an article.
func malformed(text []byte, offset int, format string, args ...any) error {
	line := pipeline.NewLines(text).At(offset, pipeline.Bytes).Line
	return fmt.Errorf("read JSON article: %s (line %d, offset %d)", fmt.Sprintf(format, args...), line, offset)
}

func orArticle(name string) string {
	if name == "" {
		return "the article"
	}
	return name
}

// path is how errors name a member.
func (o *object) path(member string) string {
	if !plainName(member) {
		member = fmt.Sprintf("%q", member)
	}
	if o.name == "" {
		return member
	}
	return o.name + "." + member
}

func plainName(s string) bool {
	return s != "" && len(s) < 40 && strings.IndexFunc(s, func(r rune) bool {
		return r >= 0x80 || !alphanumeric(byte(r)) && r != '_' && r != '-'
	}) < 0
}

// kind is what a value is in the words of JSON.
func kind(n *matter.Node) string {
	switch n.Kind {
	case matter.Mapping:
		return "an object"
	case matter.Sequence:
		return "an array"
	case matter.String:
		return "a string"
	case matter.Bool:
		return "a boolean"
	case matter.Null:
		return "null"
	}
	return "a number"
}

// get is the value of a member, nil where there is none; null is as good as none.
func (o *object) get(member string) *matter.Node {
	if n := o.members[member]; n != nil && n.Kind != matter.Null {
		return n
	}
	return nil
}

func (o *object) has(member string) bool { return o.get(member) != nil }

// missing is the error of a member that must be there.
func (o *object) missing(member string) error {
	return malformed(o.text, o.node.Span.Start, "member %s is missing", o.path(member))
}

// need is the error of the first of the members that is missing.
func (o *object) need(members ...string) error {
	for _, member := range members {
		if !o.has(member) {
			return o.missing(member)
		}
	}
	return nil
}

// string is the text of a member; "" where there is none.
func (o *object) string(member string) (string, error) {
	n := o.get(member)
	if n == nil {
		return "", nil
	}
	if n.Kind != matter.String {
		return "", malformed(o.text, n.Span.Start, "%s is %s, not a string", o.path(member), kind(n))
	}
	return n.Value, nil
}

// bool is the value of a member; false where there is none.
func (o *object) bool(member string) (bool, error) {
	n := o.get(member)
	if n != nil && n.Kind != matter.Bool {
		return false, malformed(o.text, n.Span.Start, "%s is %s, not a boolean", o.path(member), kind(n))
	}
	return n != nil && n.Value == "true", nil
}

// oneOf is the text of a member that must be one of those given, or "" where there is none.
func (o *object) oneOf(member string, known ...string) (string, error) {
	s, err := o.string(member)
	if err != nil || !o.has(member) {
		return "", err
	}
	for _, k := range known {
		if s == k {
			return s, nil
		}
	}
	hint := ""
	if near := report.Suggest(s, known); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return "", malformed(o.text, o.members[member].Span.Start, "%s is %q, not %s%s", o.path(member), s, strings.Join(known, " or "), hint)
}

// raw is the bytes that raw or rawBase64 hold, and whether one of them is there.
func (o *object) raw() (raw string, ok bool, err error) {
	if !o.has("rawBase64") {
		raw, err = o.string("raw")
		return raw, o.has("raw"), err
	}
	if o.has("raw") {
		return "", false, malformed(o.text, o.members["rawBase64"].Span.Start, "%s has both raw and rawBase64", o.name)
	}
	encoded, err := o.string("rawBase64")
	if err != nil {
		return "", false, err
	}
	decoded, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return "", false, malformed(o.text, o.members["rawBase64"].Span.Start, "%s: %v", o.path("rawBase64"), err)
	}
	return string(decoded), true, nil
}

// items are the objects of a member that is an array; none where there is no member.
func (o *object) items(member string) ([]*object, error) {
	n := o.get(member)
	if n == nil {
		return nil, nil
	}
	if n.Kind != matter.Sequence {
		return nil, malformed(o.text, n.Span.Start, "%s is %s, not an array", o.path(member), kind(n))
	}
	var all []*object
	for i, item := range n.Items {
		sub, err := newObject(o.text, fmt.Sprintf("%s.%d", o.path(member), i), item)
		if err != nil {
			return nil, err
		}
		all = append(all, sub)
	}
	return all, nil
}

// json is a value as it is spelled in the article, on one line.
func (o *object) json(n *matter.Node) json.RawMessage {
	raw := n.Span.Of(o.text)
	var b bytes.Buffer
	if bytes.ContainsAny(raw, "\r\n") && json.Compact(&b, raw) == nil {
		return b.Bytes()
	}
	return bytes.Clone(raw)
}

// unknown returns the members whose names are not among those given, in their order.
func (o *object) unknown(known ...string) []pipeline.Member {
	skip := make(map[string]bool, len(known))
	for _, k := range known {
		skip[k] = true
	}
	var members []pipeline.Member
	for _, e := range o.node.Entries {
		if !skip[e.Key] {
			members = append(members, pipeline.Member{Name: e.Key, Value: o.json(e.Value)})
		}
	}
	return members
}

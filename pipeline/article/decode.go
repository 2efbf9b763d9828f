package article

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// Decode reads one JSON article. The document's Source is the bytes that it holds; where
// frontMatter.data says something else than these, the document has been changed accordingly. Path and
// Name are the member path, which the caller checks. A document that had failed fails with its
// message and pipeline.ErrCarried. Errors name the member, the line and the offset in bytes.
func Decode(text []byte) (*pipeline.Document, error) {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	o, err := newObject(text, "", root)
	if err != nil {
		return nil, err
	}
	for _, check := range []func(*object) error{checkVersion, checkMembers} {
		if err := check(o); err != nil {
			return nil, err
		}
	}
	d, data, err := decodeParts(o)
	if err != nil {
		return nil, err
	}
	for _, read := range []func(*object, *pipeline.Document) error{readTold, readSource, readDiagnostics} {
		if err := read(o, d); err != nil {
			return nil, err
		}
	}
	if data == nil {
		return d, nil
	}
	return d, merge(text, d, data)
}

func parse(text []byte) (*matter.Node, error) {
	root, faults := matter.Parse(text, matter.JSON)
	for _, f := range faults {
		if f.Kind != matter.Duplicate && f.Kind != matter.MixedNewlines {
			return nil, malformed(text, f.Span.Start, "%s", f.Message)
		}
	}
	if root == nil {
		return nil, malformed(text, 0, "no JSON value")
	}
	return root, nil
}

func checkVersion(o *object) error {
	n := o.get("copydesk")
	if n == nil {
		return o.missing("copydesk")
	}
	if n.Kind != matter.Int || n.Value != fmt.Sprint(version) {
		return malformed(o.text, n.Span.Start, "copydesk is %s, and this program reads version %d", report.Quote(string(n.Span.Of(o.text))), version)
	}
	return nil
}

func checkMembers(o *object) error {
	if o.has("error") {
		return o.need("path")
	}
	return o.need("path", "body")
}

// decodeParts makes the document of the members that hold its bytes. data is what the front matter
// is to say; nil where the article leaves it to the bytes.
func decodeParts(o *object) (d *pipeline.Document, data *matter.Node, err error) {
	path, err := o.string("path")
	if err != nil {
		return nil, nil, err
	}
	var source []byte
	var extra []pipeline.Member
	if n := o.get("frontMatter"); n != nil {
		fm, err := newObject(o.text, "frontMatter", n)
		if err != nil {
			return nil, nil, err
		}
		if source, err = envelope(fm); err != nil {
			return nil, nil, err
		}
		data = fm.get("data")
		extra = gather(extra, "frontMatter", fm.unknown("format", "open", "raw", "rawBase64", "close", "data", "types"))
	}
	format := ""
	if n := o.get("body"); n != nil {
		body, err := newObject(o.text, "body", n)
		if err != nil {
			return nil, nil, err
		}
		if format, err = body.oneOf("format", string(pipeline.Markdown), string(pipeline.HTML)); err != nil {
			return nil, nil, err
		}
		raw, ok, err := body.raw()
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			return nil, nil, body.missing("raw")
		}
		source = append(source, raw...)
		extra = gather(extra, "body", body.unknown("format", "raw", "rawBase64"))
	}
	d = pipeline.NewDocument(path, path, source)
	d.BodyStart = matter.BodyStart
	d.Format = pipeline.Format(format)
	d.Extra = extra
	if format == "" {
		d.Format = markup.Detect(path, d.Body().Of(source))
	}
	return d, data, nil
}

// gather keeps the unknown members of a known member, as one object under its name.
func gather(extra []pipeline.Member, name string, members []pipeline.Member) []pipeline.Member {
	if len(members) == 0 {
		return extra
	}
	object := []byte{'{'}
	for i, m := range members {
		if i > 0 {
			object = append(object, ',')
		}
		object = append(append(report.AppendString(object, m.Name), ':'), m.Value...)
	}
	return append(extra, pipeline.Member{Name: name, Value: append(object, '}')})
}

// envelope gives the bytes of front matter. Where only data is given, they are those of an
// empty block of the format, into which data is merged.
func envelope(fm *object) ([]byte, error) {
	format, err := fm.oneOf("format", string(matter.YAML), string(matter.TOML), string(matter.JSON))
	if err != nil {
		return nil, err
	}
	if format == "" {
		return nil, fm.missing("format")
	}
	raw, given, err := fm.raw()
	if err != nil {
		return nil, err
	}
	if !given && !fm.has("data") {
		return nil, fm.missing("raw")
	}
	open, empty, closing := emptyBlock(matter.Format(format))
	if !given {
		raw = empty
	}
	if given || fm.has("open") {
		if open, err = fm.string("open"); err != nil {
			return nil, err
		}
	}
	if given || fm.has("close") {
		if closing, err = fm.string("close"); err != nil {
			return nil, err
		}
	}
	if format != string(matter.JSON) && raw != "" && closing != "" && !strings.HasSuffix(raw, "\n") && !strings.HasSuffix(raw, "\r") {
		raw += "\n" // Whoever wrote raw forgot it, and the fence would become part of the last value.
	}
	return []byte(open + raw + closing), nil
}

// emptyBlock is front matter that says nothing.
func emptyBlock(f matter.Format) (open, raw, closing string) {
	switch f {
	case matter.TOML:
		return "+++\n", "", "+++\n"
	case matter.JSON:
		return "", "{}\n", "\n"
	}
	return "---\n", "", "---\n"
}

// merge makes the front matter say what data says.
func merge(text []byte, d *pipeline.Document, data *matter.Node) error {
	m := matter.Of(d)
	want := matter.AppendJSON(nil, data, nil)
	if m.Root != nil && bytes.Equal(want, matter.AppendJSON(nil, m.Root, nil)) {
		return nil
	}
	if keys, values := size(data); keys > maxKeys || values > maxValues {
		return malformed(text, data.Span.Start, "frontMatter.data has %d keys and %d values, more than %d or %d, the limits", keys, values, maxKeys, maxValues)
	}
	edits, err := m.Merge(want)
	if err != nil {
		return malformed(text, data.Span.Start, "frontMatter.data: %v", err)
	}
	return d.Apply(edits...)
}

// Front matter with more than this is over the limits of package matter; merging it would be slow
// before it would be refused.
const (
	maxKeys   = 1000
	maxValues = 10_000
)

// size counts the keys and the values of a JSON value.
func size(n *matter.Node) (keys, values int) {
	keys, values = len(n.Entries), 1
	for _, e := range n.Entries {
		k, v := size(e.Value)
		keys, values = keys+k, values+v
	}
	for _, item := range n.Items {
		k, v := size(item)
		keys, values = keys+k, values+v
	}
	return keys, values
}

// readTold reads what is told along with the bytes: error, assets, trail and unknown members.
func readTold(o *object, d *pipeline.Document) error {
	if o.has("error") {
		message, err := o.string("error")
		if err != nil {
			return err
		}
		d.Failed = &carried{message}
	}
	assets, err := o.items("assets")
	if err != nil {
		return err
	}
	for _, item := range assets {
		if err := item.need("url", "role"); err != nil {
			return err
		}
		url, err1 := item.string("url")
		full, err2 := item.string("full")
		role, err3 := item.oneOf("role", "body", "frontMatter", "made")
		if err := firstError(err1, err2, err3); err != nil {
			return err
		}
		d.Assets = append(d.Assets, pipeline.Asset{URL: url, Full: full, Role: role})
	}
	trail, err := o.items("trail")
	if err != nil {
		return err
	}
	for _, item := range trail {
		if err := item.need("step", "changed"); err != nil {
			return err
		}
		step, err1 := item.string("step")
		changed, err2 := item.bool("changed")
		if err := firstError(err1, err2); err != nil {
			return err
		}
		d.Trail = append(d.Trail, pipeline.Visit{Step: step, Changed: changed})
	}
	d.Tree = o.has("tree") // It is made anew, as meta is.
	d.Extra = append(d.Extra, o.unknown("copydesk", "path", "frontMatter", "meta", "body", "tree", "assets",
		"diagnostics", "trail", "source", "error")...)
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A carried failure is one of an earlier process; it says what it said there.
type carried struct{ message string }

func (c *carried) Error() string { return c.message }
func (c *carried) Unwrap() error { return pipeline.ErrCarried }

// readSource keeps what the article says of the file that was read first.
func readSource(o *object, d *pipeline.Document) error {
	n := o.get("source")
	if n == nil {
		return nil
	}
	source, err := newObject(o.text, "source", n)
	if err != nil {
		return err
	}
	encoding, err := source.string("encoding")
	if err != nil {
		return err
	}
	if encoding != "" {
		d.Encoding = encoding
	}
	d.Extra = append(d.Extra, pipeline.Member{Name: "source", Value: o.json(n)})
	return nil
}

// readDiagnostics keeps the findings that came with the article, as they came.
func readDiagnostics(o *object, d *pipeline.Document) error {
	found, err := o.items("diagnostics")
	if err != nil || len(found) == 0 {
		return err
	}
	value := o.json(o.members["diagnostics"])
	value = append(append(json.RawMessage{'['}, bytes.TrimSpace(value[1:len(value)-1])...), ']')
	d.Extra = append(d.Extra, pipeline.Member{Name: "diagnostics", Value: value})
	return nil
}

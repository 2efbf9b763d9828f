package article

import (
	"encoding/base64"
	"unicode/utf8"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// version is the value of the member copydesk: which form of the article this is.
const version = 1

// Append appends the document as one JSON article without a line break. It holds the document's
// Text; the findings have their positions in its Source.
func Append(dst []byte, d *pipeline.Document) []byte {
	dst = append(dst, `{"copydesk":1,"path":`...)
	dst = report.AppendString(dst, d.Path)
	if d.Failed != nil {
		dst = report.AppendString(append(dst, `,"error":`...), d.Failed.Error())
	}
	dst = appendParts(dst, d)
	dst = appendAssets(append(dst, `,"assets":`...), d.Assets)
	dst = appendDiagnostics(append(dst, `,"diagnostics":`...), d)
	dst = appendTrail(append(dst, `,"trail":`...), d.Trail)
	dst = appendSource(append(dst, `,"source":`...), d)
	for _, m := range d.Extra {
		if !partial(m.Name) {
			dst = append(report.AppendString(append(dst, ','), m.Name), ':')
			dst = append(dst, m.Value...)
		}
	}
	return append(dst, '}')
}

// partial tells of the names under which Document.Extra holds a part of a member that Append
// writes in its own place.
func partial(name string) bool {
	switch name {
	case "diagnostics", "source", "frontMatter", "body":
		return true
	}
	return false
}

// extra is what the article that the document came from said under a name.
func extra(d *pipeline.Document, name string) []byte {
	for _, m := range d.Extra {
		if m.Name == name {
			return m.Value
		}
	}
	return nil
}

// appendParts appends frontMatter, meta, body and, where it is wanted, tree. Where the fences are not UTF-8, or where a text
// that is would be cut into parts that are not, there is nothing but a body.
func appendParts(dst []byte, d *pipeline.Document) []byte {
	m := matter.Of(d)
	open, closing, body := m.Open.Of(d.Text), m.Close.Of(d.Text), m.Body
	if m.Format == matter.None || !utf8.Valid(open) || !utf8.Valid(closing) {
		dst = append(dst, `,"frontMatter":null`...)
		body = pipeline.Span{Start: 0, End: len(d.Text)}
	} else {
		dst = report.AppendString(append(dst, `,"frontMatter":{"format":`...), string(m.Format))
		dst = report.AppendString(append(dst, `,"open":`...), open)
		dst = appendRaw(append(dst, ','), m.Raw.Of(d.Text))
		dst = report.AppendString(append(dst, `,"close":`...), closing)
		dst = appendData(dst, m.Root)
		dst = append(appendMembers(dst, extra(d, "frontMatter")), '}')
	}
	dst = appendMeta(append(dst, `,"meta":`...), Of(d))
	dst = report.AppendString(append(dst, `,"body":{"format":`...), string(d.BodyFormat()))
	dst = appendRaw(append(dst, ','), body.Of(d.Text))
	dst = append(appendMembers(dst, extra(d, "body")), '}')
	return appendTree(dst, d, body.Start)
}

// appendRaw appends bytes as the member raw, or as rawBase64 where they are not UTF-8.
func appendRaw(dst, raw []byte) []byte {
	if utf8.Valid(raw) {
		return report.AppendString(append(dst, `"raw":`...), raw)
	}
	dst = base64.StdEncoding.AppendEncode(append(dst, `"rawBase64":"`...), raw)
	return append(dst, '"')
}

// appendData appends what the front matter says. Where its syntax is broken there is no data.
func appendData(dst []byte, root *matter.Node) []byte {
	if root == nil {
		return dst
	}
	types := []byte(`,"types":{`)
	first := len(types)
	dst = matter.AppendJSON(append(dst, `,"data":`...), root, func(pointer, kind string) {
		if len(types) > first {
			types = append(types, ',')
		}
		types = append(report.AppendString(types, pointer), ':')
		types = report.AppendString(types, kind)
	})
	return append(append(dst, types...), '}')
}

// appendMembers appends the members of a JSON object in which others stand already.
func appendMembers(dst, object []byte) []byte {
	if len(object) <= len("{}") {
		return dst
	}
	return append(append(dst, ','), object[1:len(object)-1]...)
}

func appendAssets(dst []byte, assets []pipeline.Asset) []byte {
	dst = append(dst, '[')
	for i, a := range assets {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = report.AppendString(append(dst, `{"url":`...), a.URL)
		if a.Full != "" {
			dst = report.AppendString(append(dst, `,"full":`...), a.Full)
		}
		dst = append(report.AppendString(append(dst, `,"role":`...), a.Role), '}')
	}
	return append(dst, ']')
}

// appendDiagnostics appends the findings that came with the article, then those of this run.
func appendDiagnostics(dst []byte, d *pipeline.Document) []byte {
	dst = append(dst, '[')
	if came := extra(d, "diagnostics"); len(came) > len("[]") {
		dst = append(dst, came[1:len(came)-1]...)
		if len(d.Diagnostics) > 0 {
			dst = append(dst, ',')
		}
	}
	return append(report.AppendDiagnostics(dst, d.Diagnostics, d.Source), ']')
}

func appendTrail(dst []byte, trail []pipeline.Visit) []byte {
	dst = append(dst, '[')
	for i, v := range trail {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = report.AppendString(append(dst, `{"step":`...), v.Step)
		dst = append(dst, `,"changed":`...)
		if v.Changed {
			dst = append(dst, "true}"...)
		} else {
			dst = append(dst, "false}"...)
		}
	}
	return append(dst, ']')
}

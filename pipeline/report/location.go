package report

import (
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
)

// file is a path as formats for other programs have it: with slashes, without "./" and the like, and
// relative to Root where it lies there.
func (o Options) file(name string) string {
	if name == "" {
		return ""
	}
	name = path.Clean(filepath.ToSlash(name))
	if o.Root == "" {
		return name
	}
	if !filepath.IsAbs(name) {
		return path.Join(o.Folder, name)
	}
	root := strings.TrimSuffix(path.Clean(filepath.ToSlash(o.Root)), "/") + "/"
	if inside, ok := strings.CutPrefix(name, root); ok {
		return inside
	}
	return name
}

// uri is the URI reference of a path that Options.file gave: a file: URI where it is absolute,
// else a relative reference. Every byte but letters, digits, "-._~" and the slash is
// percent-encoded, so a path of any bytes can be told (RFC 3986, section 2.5).
func uri(file string) (reference string, relative bool) {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	relative = !filepath.IsAbs(filepath.FromSlash(file))
	if !relative {
		b.WriteString("file://")
		if !strings.HasPrefix(file, "/") {
			b.WriteByte('/') // Before the letter of a drive.
		}
	}
	for i := range len(file) {
		switch c := file[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~/", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String(), relative
}

// lineOf is the number of the line of an offset, the nearest one inside the text.
func (p *places) lineOf(offset int) int { return p.table().Number(min(max(offset, 0), len(p.text))) }

// lastLine is the line of the last byte of a span, for formats whose end is inclusive.
func (p *places) lastLine(s pipeline.Span) int { return p.lineOf(max(s.Start, s.End-1)) }

package steps

import (
	"bytes"
	"fmt"
	"html"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/images"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// A mirror is what the step knows of the run that it is part of.
type mirror struct {
	takes  func(file string) bool // whether a file is an article of the run; nil: links stay as they are
	copies bool                   // other files are carried to the output
}

// Mirror makes the step keep articles and files together: links from one article of the run to another follow
// that to its new extension and, where copies is true, local files that articles name are carried to the
// output. takes tells whether a file, as the user would open it, is an article of the run.
func (c *Convert) Mirror(takes func(file string) bool, copies bool) { c.batch = mirror{takes, copies} }

// mirror rewrites the links to articles that are converted, and adds the files that are to be carried.
func (c *Convert) mirror(d *pipeline.Document) error {
	if c.batch.takes == nil || !c.batch.takes(d.Name) {
		return nil // What came out of an archive or a stream says nothing of the files here.
	}
	body := markup.Of(d)
	m := &mirroring{Convert: c, doc: d, body: body, shelf: shelfOf(d), to: pipeline.Format(c.To), done: map[string]bool{}}
	m.links()
	if c.batch.copies && c.CopyFiles {
		m.pictures()
		m.media()
		if err := m.close(); err != nil {
			return err
		}
	}
	return d.Apply(m.edits...)
}

// mirroring is one document's.
type mirroring struct {
	*Convert
	doc   *pipeline.Document
	body  *markup.Body
	shelf shelf
	to    pipeline.Format
	edits []pipeline.Edit
	done  map[string]bool // files that have been looked at, and spans that have been edited
	carrier
}

// links follows links to articles, and carries what others lead to.
func (m *mirroring) links() {
	edited := map[pipeline.Span]bool{}
	for i := range m.body.Links {
		l := &m.body.Links[i]
		file, ok := images.LocalPath(l.URL)
		if !ok {
			continue
		}
		if isArticleName(file) {
			inside := m.shelf.place(file)
			taken := filepath.IsLocal(filepath.FromSlash(inside)) && m.batch.takes(m.shelf.full(inside))
			if span, ok := m.extension(l, file); ok && taken && !edited[span] {
				edited[span] = true
				m.edits = append(m.edits, pipeline.Edit{Start: span.Start, End: span.End, Text: path.Ext(withExtension(file, m.to))})
			}
			if taken || certainArticle(file) {
				continue
			}
		}
		if m.batch.copies && m.CopyFiles && path.Ext(file) != "" {
			m.carry(file, l.URL, linkKind, l.URLSpan)
		}
	}
}

// extension is where the extension of an article stands in a link, unless that stays the same.
func (m *mirroring) extension(l *markup.Link, file string) (pipeline.Span, bool) {
	if withExtension(file, m.to) == file {
		return pipeline.Span{}, false
	}
	ext, rest := path.Ext(file), ""
	if i := strings.IndexAny(l.URL, "?#"); i >= 0 {
		rest = l.URL[i:]
	}
	raw := l.URLSpan.Of(m.body.Text)
	for end := len(raw); end >= len(ext); end-- {
		tail := string(raw[end:])
		if bytes.EqualFold(raw[end-len(ext):end], []byte(ext)) && (tail == rest || html.UnescapeString(tail) == rest) {
			return pipeline.Span{Start: l.URLSpan.Start + end - len(ext), End: l.URLSpan.Start + end}, true
		}
	}
	return pipeline.Span{}, false
}

// isArticleName tells whether a file may be an article by its name.
func isArticleName(file string) bool {
	return certainArticle(file) || strings.EqualFold(path.Ext(file), ".txt")
}

// certainArticle tells whether a file is an article by its name, and so never carried as a file beside one.
func certainArticle(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".markdown", ".mdx", ".html", ".htm":
		return true
	}
	return false
}

// pictures carries the pictures of the body and of the front matter.
func (m *mirroring) pictures() {
	for i := range m.body.Images {
		img := &m.body.Images[i]
		if file, ok := images.LocalPath(img.URL); ok {
			m.carry(file, img.URL, pictureKind, img.Span)
		}
	}
	for _, url := range images.MatterPictures(matter.Of(m.doc)) {
		if file, ok := images.LocalPath(url); ok {
			m.carry(file, url, pictureKind, pipeline.Span{})
		}
	}
}

// media carries what elements play.
func (m *mirroring) media() {
	for i := range m.body.Elements {
		e := &m.body.Elements[i]
		name := "src"
		switch e.Name {
		case "audio", "video", "source", "track", "embed":
		case "object":
			name = "data"
		default:
			continue
		}
		a, ok := e.Attr(name)
		if !ok {
			continue
		}
		if file, ok := images.LocalPath(strings.TrimSpace(a.Value)); ok {
			m.carry(file, a.Value, linkKind, a.ValueSpan)
		}
	}
}

// place is where a file that a reference names lies in the folder that was named, with slashes; it may lead out.
func (s shelf) place(file string) string {
	if strings.HasPrefix(file, "/") {
		return path.Clean(strings.TrimLeft(file, "/"))
	}
	folder, err := filepath.Rel(filepath.FromSlash(s.named), filepath.FromSlash(s.folder))
	if err != nil {
		return ".."
	}
	return path.Join(filepath.ToSlash(folder), file)
}

// home is the folder that was named, as the user would open it.
func (s shelf) home() string { return filepath.Join(s.root, filepath.FromSlash(s.named)) }

// full is the path of a place, as the user would open it.
func (s shelf) full(place string) string { return filepath.Join(s.home(), filepath.FromSlash(place)) }

// A fileKind is what a reference to a file is for.
type fileKind struct{ noun, code, rule string }

var (
	pictureKind = fileKind{"picture", "IM002", "image-missing"}
	linkKind    = fileKind{"file", "LK001", "broken-relative-link"}
)

// tell reports that a file is not carried.
func (k fileKind) tell(d *pipeline.Document, at pipeline.Span, url string, why string) {
	d.Report(pipeline.Diagnostic{Span: at, Severity: pipeline.Warning, Code: k.code, Rule: k.rule,
		Message: fmt.Sprintf("%s %q not copied: %s", k.noun, url, why)})
}

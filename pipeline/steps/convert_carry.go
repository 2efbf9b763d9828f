package steps

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/sanitize"
)

// A carrier looks at the files that one article names.
type carrier struct {
	root *os.Root // the folder that was named, opened when a file is first looked for
	none bool     // there is no such folder: the article came out of an archive or a stream
}

func (c *carrier) close() error {
	if c.root == nil {
		return nil
	}
	return c.root.Close()
}

// carry adds a file to what goes to the output with the article, or tells why not.
func (m *mirroring) carry(file, url string, kind fileKind, at pipeline.Span) {
	if m.done[file] || m.none || m.isMade(file) {
		return
	}
	m.done[file] = true
	inside := m.shelf.place(file)
	if m.root == nil && !m.open() {
		return
	}
	if why := m.obstacle(inside); why != "" {
		if why != isNoFile && (why != isAbsent || kind == pictureKind || isFileName(file)) {
			kind.tell(m.doc, at, url, why)
		}
		return
	}
	folder, err := filepath.Rel(filepath.FromSlash(m.shelf.named), filepath.FromSlash(m.shelf.folder))
	if err != nil {
		return
	}
	beside, err := filepath.Rel(folder, filepath.FromSlash(inside))
	if err != nil {
		return
	}
	asset := pipeline.Asset{URL: url, Role: "body", Path: filepath.ToSlash(beside), Copy: m.shelf.full(inside)}
	if m.Standalone && !m.Trusted && strings.EqualFold(path.Ext(inside), ".svg") {
		var removed []string
		if asset.Data, removed, err = cleanedSVG(m.shelf.home(), inside); err != nil {
			kind.tell(m.doc, at, url, "it is an SVG that can't be cleaned: "+files.Cause(err).Error())
			return
		}
		if len(removed) > 0 {
			m.doc.Report(pipeline.Diagnostic{Span: at, Severity: pipeline.Warning, Code: "SE005", Rule: "would-be-removed",
				Message: fmt.Sprintf("the copy of the SVG %q is without %s; --trusted keeps it", url, strings.Join(removed, ", "))})
		}
	}
	m.doc.Assets = append(m.doc.Assets, asset)
}

// largestSVG is how many bytes of an SVG are read.
const largestSVG = 32 << 20

// cleanedSVG is an SVG as it may stand beside a page behind the gate of the sanitizer: opened by itself, it runs script.
func cleanedSVG(folder, name string) (clean []byte, removed []string, err error) {
	data, err := files.ReadInside(folder, name, largestSVG)
	if err != nil {
		return nil, nil, err
	}
	return sanitize.SVG(data)
}

// isMade tells whether an earlier step brings the file.
func (m *mirroring) isMade(file string) bool {
	return slices.ContainsFunc(m.doc.Assets, func(a pipeline.Asset) bool { return a.Path == file })
}

// open opens the folder that was named.
func (m *mirroring) open() bool {
	root, err := os.OpenRoot(m.shelf.home())
	m.root, m.none = root, err != nil
	return err == nil
}

const (
	isNoFile  = "it is a folder" // Links lead to them as well: nothing is lost.
	isAbsent  = "there is no such file"
	isOutside = "it lies outside the folder that was named"
)

// isFileName tells whether a file is one that is downloaded or played, by its name. Other addresses with a dot
// (/docs/node.js) may be those of pages that a server makes.
func isFileName(file string) bool {
	return slices.Contains([]string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".csv", ".epub",
		".zip", ".gz", ".tgz", ".7z", ".rar", ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".mp4", ".m4v", ".webm", ".mov", ".ogv", ".vtt", ".srt",
		".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"}, strings.ToLower(path.Ext(file)))
}

// obstacle tells why a file can't be carried; "" where it can.
func (c *carrier) obstacle(inside string) string {
	if !filepath.IsLocal(filepath.FromSlash(inside)) {
		return isOutside
	}
	for part := range strings.SplitSeq(inside, "/") {
		if strings.HasPrefix(part, ".") {
			return "its path holds a name that begins with a dot"
		}
	}
	info, err := c.root.Stat(filepath.FromSlash(inside))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return isAbsent
	case err != nil && strings.Contains(err.Error(), "escapes"): // Package os has no name for a link that leads out.
		return isOutside
	case err != nil:
		return files.Cause(err).Error()
	case info.IsDir():
		return isNoFile
	case !info.Mode().IsRegular():
		return "not a regular file"
	}
	return ""
}

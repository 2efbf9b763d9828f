package images

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// A File is a picture that an Opener opened.
type File struct {
	io.ReadCloser
	Size int64 // in bytes
	// Path and Copy are those of the pipeline.Asset that carries the original to the output, for
	// references that stay as they are. Both are empty when originals stay where they are.
	Path, Copy string
}

// An Opener opens the picture at a place, as Place gives it: the address of a remote one, or a path
// relative to the article's folder or, with a leading slash, to the root. It opens regular files
// inside the root and no others. For a remote picture that is to stay where it is it returns
// ErrElsewhere.
type Opener func(ctx context.Context, place string) (*File, error)

// ErrElsewhere says that a picture is not there to be made: its reference is left alone, without a finding.
var ErrElsewhere = errors.New("it lies elsewhere")

// A Result is what Apply found and made.
type Result struct {
	Edits  []pipeline.Edit // of the document's Text
	Failed int             // references whose picture could not be made; each has been reported
}

// Apply makes the pictures of an article, adds them to its assets, and gives the edits that make
// its references show them. It reports what could not be made (IM009), and leaves such references
// as they are. The error is ctx's.
func (m *Maker) Apply(ctx context.Context, d *pipeline.Document, open Opener) (Result, error) {
	a := &article{Maker: m, ctx: ctx, doc: d, open: open,
		pictures: map[want]*made{}, files: map[string]*File{}, taken: map[string][32]byte{}}
	for _, asset := range d.Assets {
		a.taken[asset.Path] = [32]byte{}
	}
	if err := errors.Join(a.matter(), a.body()); err != nil {
		return Result{}, err
	}
	a.links()
	return a.result, nil
}

// article is one run of Apply.
type article struct {
	*Maker
	ctx      context.Context
	doc      *pipeline.Document
	open     Opener
	pictures map[want]*made
	files    map[string]*File    // by place, what has been opened, closed again
	taken    map[string][32]byte // the paths of assets, and of which picture each is
	result   Result
}

// reference is a picture that the article names.
type reference struct {
	url   string // as the article has it
	place string // what to open
	role  string // of its asset
	at    pipeline.Span
}

// want is a picture to make, in all sizes or in the widest alone.
type want struct {
	place string
	all   bool
}

// maxMatterRefs bounds the patches of front matter, each of which reads all of it again.
const maxMatterRefs = 200

// matter rewrites front matter, each reference to the widest variant.
func (a *article) matter() error {
	m := matter.Of(a.doc)
	for i, value := range matterRefs(m) {
		if i == maxMatterRefs {
			a.doc.Report(pipeline.Diagnostic{Span: value.node.Span, Severity: pipeline.Warning, Code: "CD009", Rule: "limit-reached",
				Message: fmt.Sprintf("front matter names more than %d pictures; the rest is left as it is", maxMatterRefs)})
			return nil
		}
		place, ok := Place(value.node.Value)
		if !ok || !isPictureName(place) {
			continue
		}
		ref := reference{value.node.Value, place, "frontMatter", value.node.Span}
		if a.isMade(place) {
			a.keep(ref)
			continue
		}
		made, err := a.picture(ref, false)
		if err != nil {
			return err
		}
		if made == nil {
			continue
		}
		quoted, _ := json.Marshal(a.urls(made, ref.url, "")[0]) // Strings can be marshalled.
		edit, err := m.Patch(value.pointer, quoted)
		if err != nil {
			a.fail(ref, err)
			continue
		}
		a.result.Edits = append(a.result.Edits, edit)
	}
	return nil
}

// body rewrites the references of the body.
func (a *article) body() error {
	body := markup.Of(a.doc)
	edited := map[pipeline.Span]bool{}
	first := slices.IndexFunc(body.Images, func(i markup.Image) bool { return i.Attr == "src" || i.Attr == "" })
	for i := range body.Images {
		img := &body.Images[i]
		place, ok := Place(img.URL)
		if !ok {
			continue
		}
		ref := reference{img.URL, place, "body", spanOf(img)}
		if a.isMade(place) || img.URLSpan.Len() == 0 || isResponsive(body, img) {
			a.keep(ref)
			continue
		}
		all := img.Attr == "src"
		made, err := a.picture(ref, all)
		if err != nil {
			return err
		}
		if made == nil || edited[img.URLSpan] {
			continue
		}
		edited[img.URLSpan] = true
		urls := a.urls(made, img.URL, full(body, img))
		if all {
			a.result.Edits = append(a.result.Edits, imgEdits(body.Text, &body.Elements[img.Element], made.variants, urls, i == first)...)
		} else {
			a.result.Edits = append(a.result.Edits, pipeline.Edit{Start: img.URLSpan.Start, End: img.URLSpan.End, Text: urls[len(urls)-1]})
		}
	}
	return nil
}

// spanOf is where a finding about a picture stands.
func spanOf(img *markup.Image) pipeline.Span {
	if img.URLSpan.Len() > 0 {
		return img.URLSpan
	}
	return img.Span
}

// full is the larger picture that a link around a picture leads to, if any.
func full(body *markup.Body, img *markup.Image) string {
	if img.Link < 0 || !isPictureName(body.Links[img.Link].URL) {
		return ""
	}
	return body.Links[img.Link].URL
}

// isResponsive tells whether the author chose among several pictures already.
func isResponsive(body *markup.Body, img *markup.Image) bool {
	if img.Attr == "srcset" {
		return true
	}
	if img.Attr != "src" {
		return false
	}
	e := &body.Elements[img.Element]
	_, has := e.Attr("srcset")
	return has || e.Parent >= 0 && body.Elements[e.Parent].Name == "picture"
}

// links keeps the originals that links lead to.
func (a *article) links() {
	for _, link := range markup.Of(a.doc).Links {
		if file, ok := LocalPath(link.URL); ok && isPictureName(file) {
			a.keep(reference{link.URL, file, "body", link.Span})
		}
	}
}

// picture makes the picture that a reference names. It returns nil for one whose reference stays
// as it is: then it has been reported, if anything is wrong, and its original kept.
func (a *article) picture(ref reference, all bool) (*made, error) {
	w := want{ref.place, all}
	m, known := a.pictures[w]
	if !known {
		data, err := a.read(w.place)
		if a.ctx.Err() != nil {
			return nil, a.ctx.Err()
		}
		if err != nil {
			m = &made{err: err}
		} else if m, err = a.make(a.ctx, data, w.all); err != nil {
			return nil, err
		}
		a.pictures[w] = m
	}
	switch {
	case errors.Is(m.err, ErrElsewhere):
		return nil, nil
	case m.err != nil:
		a.fail(ref, m.err)
		return nil, nil
	case m.svg && isPictureName(ref.place) && !strings.EqualFold(extension(ref.place), ".svg"):
		a.fail(ref, errSVGName)
		return nil, nil
	case m.note != "":
		a.report(pipeline.Warning, ref.at, fmt.Sprintf("picture %q: %s", ref.url, m.note))
	case m.leave != "":
		a.report(pipeline.Info, ref.at, fmt.Sprintf("picture %q: %s", ref.url, m.leave))
	}
	if len(m.variants) == 0 {
		a.keep(ref)
		return nil, nil
	}
	return m, nil
}

// read reads a picture file within the limit.
func (a *article) read(place string) ([]byte, error) {
	f, err := a.open(a.ctx, place)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // It was only read.
	a.files[place] = f
	tooLarge := func(size int64) error {
		return fmt.Errorf("it has %d bytes, more than the limit of %d; raise it with --max-picture-size", size, a.MaxBytes)
	}
	if f.Size > a.MaxBytes {
		return nil, tooLarge(f.Size)
	}
	data, err := io.ReadAll(io.LimitReader(f, a.MaxBytes+1))
	if err == nil && int64(len(data)) > a.MaxBytes {
		err = tooLarge(int64(len(data)))
	}
	return data, err
}

// keep adds a local original to the assets, where the output needs it.
func (a *article) keep(ref reference) {
	if IsRemote(ref.place) {
		return
	}
	f, known := a.files[ref.place]
	if !known {
		var err error
		if f, err = a.open(a.ctx, ref.place); err != nil {
			f = &File{} // A reference that leads nowhere stays so; the linter reports it.
		} else {
			_ = f.Close()
		}
		a.files[ref.place] = f
	}
	if f.Copy == "" {
		return
	}
	if _, have := a.taken[f.Path]; !have {
		a.taken[f.Path] = [32]byte{}
		a.doc.Assets = append(a.doc.Assets, pipeline.Asset{URL: ref.url, Role: ref.role, Path: f.Path, Copy: f.Copy})
	}
}

// urls adds the variants of a picture to the assets, and gives their URLs.
func (a *article) urls(m *made, ref, full string) []string {
	out := make([]string, len(m.variants))
	for i, v := range m.variants {
		file := a.name(m, v, 4)
		if sum, have := a.taken[file]; have && sum != m.sum && sum != [32]byte{} {
			file = a.name(m, v, 16) // Another picture has a hash that begins in the same way.
		}
		if _, have := a.taken[file]; !have {
			a.doc.Assets = append(a.doc.Assets, pipeline.Asset{URL: ref, Full: full, Role: "made", Path: file, Data: v.data})
		}
		a.taken[file] = m.sum
		out[i] = escapePath(file)
	}
	return out
}

// name is the path of a variant, with so many bytes of the hash of the original.
func (a *article) name(m *made, v variant, bytes int) string {
	return path.Join(a.Assets, fmt.Sprintf("%s-%d.%s", hex.EncodeToString(m.sum[:bytes]), v.w, v.ext))
}

// fail reports a picture that could not be made, and keeps the original, unless it is not to be trusted.
func (a *article) fail(ref reference, cause error) {
	a.result.Failed++
	a.report(pipeline.Error, ref.at, fmt.Sprintf("picture %q not made: %v", ref.url, cause))
	if !errors.Is(cause, errActive) {
		a.keep(ref)
	}
}

func (a *article) report(s pipeline.Severity, at pipeline.Span, message string) {
	a.doc.Report(pipeline.Diagnostic{Span: at, Severity: s, Code: "IM009", Rule: "picture-not-made", Message: message})
}

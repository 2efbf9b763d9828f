package images

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"copydesk/pipeline"
)

// A File is a picture that an Opener opened.
type File struct {
	io.ReadCloser
	Size int64  // in bytes
	Name string // where it lies, as the user would open it; empty for one that lies in no file
	// Path and Copy are those of the pipeline.Asset that carries the original to the output, for
	// references that stay as they are. Both are empty when originals stay where they are.
	Path, Copy string
}

// An Opener opens the picture at a place, as Place gives it: the address of a remote one, or a path
// relative to the article's folder or, with a leading slash, to the root. It opens regular files
// inside the root and no others. For a remote picture that is to stay where it is it returns
// ErrElsewhere. Several pictures are opened at once.
type Opener func(ctx context.Context, place string) (*File, error)

// ErrElsewhere says that a picture is not there to be made: its reference is left alone, without a finding.
var ErrElsewhere = errors.New("it lies elsewhere")

// A Result is what Apply found and made.
type Result struct {
	Edits  []pipeline.Edit // of the document's Text
	Failed int             // references whose picture could not be made; each has been reported
	// Elsewhere is how many references to pictures of other hosts are left alone.
	Elsewhere int
	// Outcomes say of each picture what became of it: those of the front matter first, then in the order of the
	// body. Those that were made before, or are left alone because they lie elsewhere, are not among them.
	Outcomes []Outcome
}

// Apply makes the pictures of an article, adds them to its assets, and gives the edits that make
// its references show them. It reports what could not be made (IM009), and leaves such references
// as they are. The error is ctx's.
func (m *Maker) Apply(ctx context.Context, d *pipeline.Document, open Opener) (Result, error) {
	return m.apply(ctx, d, open, true)
}

// Probe opens what Apply would, one picture after the other, in the order of the article. None is made, as long as open
// gives ErrElsewhere for all.
func (m *Maker) Probe(ctx context.Context, d *pipeline.Document, open Opener) error {
	_, err := m.apply(ctx, d, open, false)
	return err
}

func (m *Maker) apply(ctx context.Context, d *pipeline.Document, open Opener, ahead bool) (Result, error) {
	a := &article{Maker: m, ctx: ctx, doc: d, open: open,
		pictures: map[want]*made{}, tasks: map[want]*task{}, files: map[string]*File{}, paths: map[string]string{}, taken: map[string]bool{}}
	for _, asset := range d.Assets {
		a.taken[asset.Path] = true
	}
	body := a.body()
	if ahead {
		defer body.ahead()()
	}
	if err := errors.Join(a.matter(), body.all()); err != nil {
		return Result{}, err
	}
	return a.result, nil
}

// article is one run of Apply.
type article struct {
	*Maker
	ctx      context.Context
	doc      *pipeline.Document
	open     Opener
	pictures map[want]*made
	files    map[string]*File  // by place, what has been opened, closed again
	taken    map[string]bool   // the paths of assets
	paths    map[string]string // those of made ones, by URL
	tasks    map[want]*task    // what is made ahead
	result   Result
}

// reference is a picture that the article names.
type reference struct {
	url   string // as the article has it
	place string // what to open
	role  string // of its asset
	at    pipeline.Span

	alt      string
	lacksAlt bool // it is an <img> without the attribute
}

// want is a picture to make, and in which sizes.
type want struct {
	place string
	sizes sizes
}

// made makes the picture at a place, or finds it made.
func (a *article) made(place string, how sizes) (*made, error) {
	w := want{place, how}
	if m, known := a.pictures[w]; known {
		return m, nil
	}
	t, begun := a.tasks[w]
	if !begun {
		t = &task{want: w}
		a.do(a.ctx, t)
	} else if <-t.done; t.panicked != nil {
		panic(t.panicked)
	}
	if t.err != nil {
		return nil, t.err
	}
	if t.file != nil {
		a.files[place] = t.file
	}
	a.pictures[w] = t.made
	return t.made, nil
}

// store takes a picture of another host that is left as it is for one that is made: it comes to the others.
func (m *made) store(data []byte) {
	switch {
	case m.svg && m.err == nil && m.w > 0:
		m.variants = []variant{{m.w, m.h, extensions[formatSVG], m.clean}}
		if len(m.active) > 0 {
			m.note = "the copy of this SVG is without " + strings.Join(m.active, ", ")
		}
	case m.leave != "":
		m.variants = []variant{{m.w, m.h, extensions[m.format], bytes.Clone(data)}}
	}
}

// picture makes the picture that a reference names. It returns nil for one whose reference stays
// as it is: then it has been reported, if anything is wrong, and its original kept.
func (a *article) picture(ref reference, how sizes) (*made, error) {
	m, err := a.made(ref.place, how)
	switch {
	case err != nil:
		return nil, err
	case errors.Is(m.err, ErrElsewhere):
		a.result.Elsewhere++
		return nil, nil
	case m.err != nil:
		a.failed(ref, m, m.err)
		return nil, nil
	case m.svg && len(m.variants) == 0:
		a.svg(ref, m)
		return nil, nil
	case m.note != "":
		a.report(pipeline.Warning, ref.at, fmt.Sprintf("picture %q: %s", ref.url, m.note))
	case m.leave != "":
		a.report(pipeline.Info, ref.at, fmt.Sprintf("picture %q: %s", ref.url, m.leave))
	}
	if len(m.variants) == 0 {
		a.keep(ref)
		a.stays(ref, m, m.leave, false)
		return nil, nil
	}
	return m, nil
}

// peek tells the sides of the upright picture at a place, as far as its first bytes do.
func (a *article) peek(place string) (w, h int, ok bool) {
	const enough = 1 << 20
	f, err := a.open(a.ctx, place)
	if err != nil {
		return 0, 0, false
	}
	defer func() { _ = f.Close() }() // It was only read.
	data, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil {
		return 0, 0, false
	}
	format, err := sniff(data)
	if err != nil {
		return 0, 0, false
	}
	head, err := readHeader(format, data)
	w, h = head.size()
	return w, h, err == nil
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
	if f.Copy == "" || a.taken[f.Path] {
		return
	}
	data, ok := a.storable(ref)
	if !ok {
		return
	}
	asset := pipeline.Asset{URL: ref.url, Role: ref.role, Path: f.Path, Copy: f.Copy}
	if data != nil {
		asset.Copy, asset.Data = "", data
	}
	a.taken[f.Path] = true
	a.doc.Assets = append(a.doc.Assets, asset)
}

// urls adds the variants of a picture with a hash to the assets, and gives their URLs.
func (a *article) urls(sum [32]byte, variants []variant, ref, full string) []string {
	out := make([]string, len(variants))
	long := a.names.isTaken(sum, a.naming.digits)
	folder := a.Assets
	if below, top := strings.CutPrefix(folder, "/"); top {
		folder = strings.Repeat("../", strings.Count(path.Clean(a.doc.Path), "/")) + below
	}
	for i, v := range variants {
		name := a.naming.name(sum, v, long)
		file := path.Join(folder, name)
		if !a.taken[file] {
			a.doc.Assets = append(a.doc.Assets, pipeline.Asset{URL: ref, Full: full, Role: "made", Path: file, Data: v.data})
		}
		a.taken[file] = true
		if out[i] = escapePath(file); a.BaseURL != "" {
			out[i] = a.BaseURL + "/" + escapePath(name)
		}
		a.paths[out[i]] = file
	}
	return out
}

// failed reports a picture that could not be made, and keeps the original.
func (a *article) failed(ref reference, m *made, cause error) {
	a.result.Failed++
	a.report(pipeline.Error, ref.at, fmt.Sprintf("picture %q not made: %v", ref.url, cause))
	a.keep(ref)
	a.stays(ref, m, cause.Error(), true)
}

func (a *article) report(s pipeline.Severity, at pipeline.Span, message string) {
	a.doc.Report(pipeline.Diagnostic{Span: at, Severity: s, Code: "IM009", Rule: "picture-not-made", Message: message})
}

package steps

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/images"
)

// A shelf is where the pictures of a document lie. Only what is inside root is opened.
type shelf struct {
	root   string // the working folder where the article lies inside it, else the folder that was named
	folder string // of the article, relative to root, with slashes
	named  string // the folder that the user named, where references that begin with a slash lead
}

func shelfOf(d *pipeline.Document) shelf {
	own := filepath.Dir(d.Name)
	named := own
	for up := path.Dir(d.Path); up != "." && up != "/"; up = path.Dir(up) {
		named = filepath.Dir(named)
	}
	if filepath.IsLocal(own) && filepath.IsLocal(named) {
		return shelf{".", filepath.ToSlash(own), filepath.ToSlash(named)}
	}
	folder, err := filepath.Rel(named, own)
	if err != nil {
		return shelf{own, ".", "."}
	}
	return shelf{named, filepath.ToSlash(folder), "."}
}

// places opens the pictures of one document: beside it, below the folder that was named, or in the folder of copies.
type places struct {
	shelf
	opened *os.Root // of the shelf
	copies *os.Root // nil without one
	path   string   // of the document's folder, relative to what was named
	carry  bool     // originals are carried to the output
}

// places opens the folders in which the pictures of a document lie.
func (i *Images) places(d *pipeline.Document) (*places, error) {
	p := &places{shelf: shelfOf(d), path: path.Dir(d.Path), carry: i.copy}
	var err error
	if p.opened, err = os.OpenRoot(p.root); err != nil {
		return nil, fmt.Errorf("open the folder of pictures: %w", files.Cause(err))
	}
	if i.ImageRoot == "" {
		return p, nil
	}
	if p.copies, err = os.OpenRoot(i.ImageRoot); err != nil {
		p.close()
		return nil, fmt.Errorf("open the folder of copies: %w", files.Cause(err))
	}
	return p, nil
}

func (p *places) close() {
	_ = p.opened.Close() // Nothing was written.
	if p.copies != nil {
		_ = p.copies.Close()
	}
}

// open is an images.Opener. Copies come after what lies beside the article, and before what lies at the root.
func (p *places) open(_ context.Context, place string) (*images.File, error) {
	switch {
	case images.IsRemote(place):
		if f, _ := p.copied(copiesOf(place)...); f != nil {
			return f, nil
		}
		return nil, images.ErrElsewhere
	case strings.HasPrefix(place, "/"):
		if f, _ := p.copied(place[1:]); f != nil {
			return f, nil
		}
		return p.own(path.Join(p.named, place))
	}
	f, err := p.own(path.Join(p.folder, place))
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	f, name := p.copied(path.Join(p.path, place), place)
	if f == nil {
		return nil, err
	}
	if p.carry {
		f.Path, f.Copy = place, filepath.Join(p.copies.Name(), filepath.FromSlash(name))
	}
	return f, nil
}

// copiesOf gives the names under which a mirror has what lies at an address: below a folder of the host's name
// or without one, with the query or without.
func copiesOf(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	file := strings.TrimPrefix(u.Path, "/")
	var all []string
	if u.RawQuery != "" {
		all = append(all, path.Join(u.Host, file+"?"+u.RawQuery), file+"?"+u.RawQuery)
	}
	return append(all, path.Join(u.Host, file), path.Join(u.Hostname(), file), file)
}

// copied opens the first file that there is in the folder of copies, and tells its name; nil for none.
func (p *places) copied(names ...string) (*images.File, string) {
	if p.copies == nil {
		return nil, ""
	}
	for _, name := range names {
		if f, err := openRegular(p.copies, name); err == nil {
			return f, name
		}
	}
	return nil, ""
}

// own opens a picture inside the shelf.
func (p *places) own(name string) (*images.File, error) {
	f, err := openRegular(p.opened, name)
	if err != nil {
		return nil, err
	}
	inside, err := filepath.Rel(filepath.FromSlash(p.named), filepath.FromSlash(name))
	if p.carry && err == nil && filepath.IsLocal(inside) {
		beside, _ := filepath.Rel(filepath.FromSlash(p.folder), filepath.FromSlash(name)) // Both lie in root.
		f.Path, f.Copy = filepath.ToSlash(beside), filepath.Join(p.opened.Name(), filepath.FromSlash(name))
	}
	return f, nil
}

var errOutside = errors.New("it lies outside the folder that was named")

// openRegular opens a regular file inside a folder.
func openRegular(root *os.Root, name string) (*images.File, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, errOutside
	}
	info, err := root.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, files.Cause(err)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, files.Cause(err)
	}
	return &images.File{ReadCloser: f, Size: info.Size(), Name: filepath.Join(root.Name(), filepath.FromSlash(name))}, nil
}

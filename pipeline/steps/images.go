package steps

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/images"
)

var imagesSpec = pipeline.Spec{
	Name: "images",
	Doc: `rewrite image references, make thumbnails and srcset

Every local picture of an article, in the body or in the front matter, is decoded safely and made
in the wanted sizes; the references are rewritten by byte edits. A picture that can't be made is a
finding, and its reference stays as it was. Remote pictures are left alone.`,
	New: func() pipeline.Step {
		return &Images{Widths: []int{320, 640, 1280}, Fit: "inside", Quality: 82, Assets: "assets",
			MaxPixels: 100_000_000, MaxBytes: 32 << 20}
	},
}

// Images makes the pictures of articles and rewrites the references to them.
type Images struct {
	Widths    []int  `option:"widths" help:"widths of the srcset, in pixels"`
	Thumb     string `option:"thumb" help:"one size in place of a srcset: 320x, x240 or 320x240"`
	Fit       string `option:"fit" help:"how a picture takes both sides of --thumb: inside, cover or contain" values:"inside,cover,contain"`
	Quality   int    `option:"quality" help:"of JPEG, 1 to 100"`
	Assets    string `option:"assets" help:"the folder for pictures, beside the written article"`
	MaxPixels int64  `option:"max-pixels" help:"pixels of the largest picture that is decoded"`
	MaxBytes  int64  `option:"max-picture-size" help:"bytes of the largest picture file that is read"`

	maker *images.Maker
	copy  bool
}

// CopyOriginals makes the step carry pictures whose references stay as they are to the output,
// for one that is not the place where they lie.
func (i *Images) CopyOriginals() { i.copy = true }

// Name is the step's name.
func (i *Images) Name() string { return imagesSpec.Name }

// Prepare checks the options.
func (i *Images) Prepare() (err error) {
	i.maker, err = images.NewMaker(images.Options{Widths: i.Widths, Thumb: i.Thumb, Fit: i.Fit, Quality: i.Quality,
		Assets: i.Assets, MaxPixels: i.MaxPixels, MaxBytes: i.MaxBytes})
	return err
}

// Apply makes the pictures and rewrites the references.
func (i *Images) Apply(ctx context.Context, d *pipeline.Document) error {
	if err := needBody(d); err != nil {
		return err
	}
	where := shelfOf(d)
	root, err := os.OpenRoot(where.root)
	if err != nil {
		return fmt.Errorf("open the folder of pictures: %w", files.Cause(err))
	}
	defer root.Close()
	made, err := i.maker.Apply(ctx, d, func(_ context.Context, place string) (*images.File, error) {
		if images.IsRemote(place) {
			return nil, images.ErrElsewhere
		}
		return i.open(root, where, place)
	})
	if err != nil {
		return err
	}
	return d.Apply(made.Edits...)
}

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

// open opens a picture inside the root.
func (i *Images) open(root *os.Root, where shelf, file string) (*images.File, error) {
	name := path.Join(where.folder, file)
	if strings.HasPrefix(file, "/") {
		name = path.Join(where.named, file)
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, errors.New("it lies outside the folder that was named")
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
	opened := &images.File{ReadCloser: f, Size: info.Size()}
	inside, err := filepath.Rel(filepath.FromSlash(where.named), filepath.FromSlash(name))
	if i.copy && err == nil && filepath.IsLocal(inside) {
		beside, _ := filepath.Rel(filepath.FromSlash(where.folder), filepath.FromSlash(name)) // Both lie in root.
		opened.Path, opened.Copy = filepath.ToSlash(beside), filepath.Join(root.Name(), filepath.FromSlash(name))
	}
	return opened, nil
}

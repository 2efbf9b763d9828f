package steps

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/images"
	"copydesk/pipeline/report"
	"copydesk/pipeline/sanitize"
)

var imagesSpec = pipeline.Spec{
	Name: "images",
	Doc: `rewrite image references, make thumbnails and srcset

Every local picture of an article, in the body or in the front matter, is decoded safely and made
in the wanted sizes; the references are rewritten by byte edits. A picture that can't be made is a
finding, and its reference stays as it was. Pictures of other hosts are left alone, unless --fetch
has them downloaded: by http or https, from public addresses, within limits, and kept for later runs.`,
	New: func() pipeline.Step { return &Images{Options: images.Defaults(), Fetching: defaultFetching()} },
}

// Images makes the pictures of articles and rewrites the references to them.
type Images struct {
	images.Options
	ImageRoot string `option:"image-root" path:"inside" help:"a folder with copies of pictures: of https://host/a.jpg at host/a.jpg or a.jpg, of /a.jpg at a.jpg"`
	Fetching

	maker    *images.Maker
	copy     bool
	atOnce   int
	accounts accounts
}

// CopyOriginals makes the step carry pictures whose references stay as they are to the output,
// for one that is not the place where they lie.
func (i *Images) CopyOriginals() { i.copy = true }

// AtOnce says how many pictures are made at once, of all articles together; without it, or for 0, one per processor.
func (i *Images) AtOnce(n int) { i.atOnce = n }

// Name is the step's name.
func (i *Images) Name() string { return imagesSpec.Name }

// Validate checks the options, and reads no file.
func (i *Images) Validate() error {
	_, err := images.NewMaker(i.Options)
	return err
}

// CheckDefaults checks what the section of a config sets, to which a command line may add what is missing.
func (i *Images) CheckDefaults() error {
	o := i.Options
	if o.Focus != "" {
		o.Fit = "cover" // The one for which a focus is.
	}
	_, err := images.NewMaker(o)
	return err
}

// Prepare checks the options, and looks for the folder of copies.
func (i *Images) Prepare() (err error) {
	if i.ImageRoot != "" {
		if info, err := os.Stat(i.ImageRoot); err != nil {
			return fmt.Errorf("option image-root: open %s: %w", report.Quote(i.ImageRoot), files.Cause(err))
		} else if !info.IsDir() {
			return fmt.Errorf("option image-root: %s is not a folder", report.Quote(i.ImageRoot))
		}
	}
	if i.maker, err = images.NewMaker(i.Options); err != nil {
		return err
	}
	i.maker.CleanSVG(sanitize.SVG)
	i.maker.AtOnce(cmp.Or(i.atOnce, runtime.GOMAXPROCS(0)))
	if i.accounts.keep {
		const small = 256 << 10
		i.maker.KeepOriginals(small)
	}
	return i.prepare(i.MaxBytes)
}

// Apply makes the pictures and rewrites the references.
func (i *Images) Apply(ctx context.Context, d *pipeline.Document) error {
	if err := needBody(d); err != nil {
		return err
	}
	places, err := i.places(d)
	if err != nil {
		return err
	}
	defer places.close()
	pictures, err := i.reach(ctx, d, places.open)
	if err != nil {
		return err
	}
	made, err := i.maker.Apply(ctx, d, pictures.open)
	if err != nil {
		return err
	}
	if err := d.Apply(made.Edits...); err != nil {
		return err
	}
	i.accounts.add(d, made)
	return nil
}

package feed

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/files"
)

// Carry says how documents that failed because their bytes are not text, here or in an
// earlier process, are written nevertheless. Their failure stands.
type Carry int

// The ways to carry.
const (
	Leave   Carry = iota // not at all
	AsBytes              // as the bytes that were read: --to source
	AsJSON               // as a JSON article that holds the bytes: --to json
)

// Out says how documents are written. The zero value is a good choice.
type Out struct {
	Carry  Carry
	Assets string // the folder that pictures go to; empty: beside the article, where that has a place
}

// output is what the sinks share.
type output struct{ out Out }

// carried tells whether a document failed only because its bytes are not text.
func carried(d *pipeline.Document) bool {
	undecoded := (*EncodingError)(nil)
	return errors.As(d.Failed, &undecoded) || errors.Is(d.Failed, pipeline.ErrCarried)
}

// form is how a document is written; ok is false when it is not.
func (o output) form(d *pipeline.Document) (form pipeline.Form, ok bool) {
	switch {
	case d.Failed == nil:
		return d.Form, true
	case !carried(d) || o.out.Carry == Leave || len(d.Source) == 0:
		return 0, false
	case o.out.Carry == AsJSON:
		return pipeline.AsArticle, true
	}
	return pipeline.AsFile, true
}

// bytes are what is written of a document; nil when nothing is.
func (o output) bytes(d *pipeline.Document) ([]byte, error) {
	form, ok := o.form(d)
	switch {
	case !ok:
		return nil, nil
	case form == pipeline.AsArticle:
		return append(article.Append(nil, d), '\n'), nil
	case form == pipeline.AsProduct:
		if d.Product.JSON {
			return append(d.Product.Data[:len(d.Product.Data):len(d.Product.Data)], '\n'), nil
		}
		return d.Product.Data, nil
	}
	text := d.Text
	if d.Failed != nil {
		text = d.Source
	}
	raw, err := encode(text, d.Encoding)
	if raw == nil && err == nil {
		raw = []byte{}
	}
	return raw, err
}

// path is where a document is written below a folder.
func (o output) path(d *pipeline.Document) string {
	form, _ := o.form(d)
	if form == pipeline.AsFile {
		return d.Path
	}
	stem := d.Path
	if taken, _ := extension(stem); taken && path.Base(stem) != path.Ext(stem) {
		stem = stem[:len(stem)-len(path.Ext(stem))]
	}
	if form == pipeline.AsProduct {
		return stem + d.Product.Extension
	}
	return stem + ".json"
}

// assetWriter writes pictures into folders.
type assetWriter struct {
	dir  string // "": no folder is known yet
	root *files.Root
}

// write writes the pictures of one article below the folder dir; those that lie above the article, in a folder
// for all, below top.
func (w *assetWriter) write(d *pipeline.Document, dir, top string) error {
	for _, a := range d.Assets {
		if a.Path == "" {
			continue
		}
		if dir == "" {
			return fmt.Errorf("write %s: no folder for pictures; name one with --assets", files.Quote(a.Path))
		}
		root, folder := dir, "."
		if strings.HasPrefix(a.Path, "../") {
			root, folder = top, path.Dir(d.Path)
		}
		if err := w.enter(root); err != nil {
			return err
		}
		if err := putAsset(w.root, folder, a); err != nil {
			return err
		}
	}
	return nil
}

func (w *assetWriter) enter(dir string) error {
	if w.root != nil && w.dir == dir {
		return nil
	}
	if err := w.close(); err != nil {
		return err
	}
	root, err := files.OpenRoot(dir)
	if err != nil {
		return err
	}
	w.dir, w.root = dir, root
	return nil
}

// close makes what was written durable.
func (w *assetWriter) close() error {
	if w.root == nil {
		return nil
	}
	root := w.root
	w.root = nil
	return errors.Join(root.Sync(), root.Close())
}

// putAsset writes one picture into a folder of root.
func putAsset(root *files.Root, folder string, a pipeline.Asset) error {
	name := path.Join(folder, a.Path)
	if a.Copy != "" && isSame(filepath.Join(root.Dir(), filepath.FromSlash(name)), a.Copy) {
		return nil // It stands where it is.
	}
	if a.Data != nil || a.Copy == "" {
		_, err := root.Write(name, a.Data, 0)
		return err
	}
	_, err := root.Copy(name, a.Copy)
	return err
}

// isSame tells whether two names are of one file.
func isSame(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// stop makes an error of the whole output, which ends the run.
func stop(what string, err error) error {
	return &pipeline.StopError{Err: fmt.Errorf("write %s: %w", what, files.Cause(err))}
}

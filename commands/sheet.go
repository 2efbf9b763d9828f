package commands

import (
	"errors"
	"fmt"
	"html/template"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
	"copydesk/pipeline/files"
	"copydesk/pipeline/images"
	"copydesk/pipeline/page"
	"copydesk/pipeline/report"
	"copydesk/pipeline/steps"
)

// contactSheet shows what became of the pictures of a run.
type contactSheet struct {
	path string
	step *steps.Images
	dry  bool

	beside func(*pipeline.Document) string // the folder that the pictures of a document are written to; empty: none
	file   *files.Pending
	sheet  *page.Sheet
	total  page.SheetTotal
	err    error // the first; nothing is written after it
}

// begin opens the sheet; without one there is nothing to do.
func (c *contactSheet) begin(f *shared, in *feed.Input) (err error) {
	if c == nil {
		return nil
	}
	if c.path == "-" {
		return usage("--contact-sheet leads to pictures from where it lies, so name a file")
	}
	if in.Holds(c.path) {
		return usage("--contact-sheet %s would write over an article that is to be read; name another file", c.path)
	}
	c.beside = folderOf(f, in)
	if c.dry {
		c.beside = func(*pipeline.Document) string { return "" }
	}
	if c.file, err = files.Create(c.path); err != nil {
		return &usageError{err}
	}
	c.sheet, err = page.NewSheet(c.file, filepath.Dir(c.path))
	return err
}

// files are those that are written.
func (c *contactSheet) files() []string {
	if c == nil {
		return nil
	}
	return []string{c.path}
}

// add shows the pictures of one document.
func (c *contactSheet) add(d *pipeline.Document, outcomes []images.Outcome) {
	if c.err != nil || len(outcomes) == 0 {
		return
	}
	a := page.SheetArticle{Name: report.Quote(d.Name), Link: c.sheet.Address(d.Name)}
	lines, folder := pipeline.NewLines(d.Source), c.beside(d)
	for _, o := range outcomes {
		p := page.SheetPicture{URL: o.URL, Line: lines.Number(o.At.Start), Alt: o.Alt, NoAlt: o.LacksAlt, Note: o.Note, Failed: o.Failed,
			Before: c.before(o)}
		for _, m := range o.Made {
			p.All = append(p.All, page.SheetFile{Name: m.Path, Format: m.Format, W: m.W, H: m.H, Size: byteSize(int64(len(m.Data)))})
		}
		if n := len(o.Made); n > 0 {
			shown := nearest(o.Made, 640)
			p.After = p.All[shown]
			p.After.Address = c.after(o.Made[shown], folder)
			widest := int64(len(o.Made[n-1].Data))
			p.Saved, p.Percent = saved(widest, int64(o.From.Size))
		}
		if o.Failed {
			c.total.Failed++
		}
		if o.LacksAlt {
			c.total.NoAlt++
		}
		a.Pictures = append(a.Pictures, p)
	}
	c.total.Articles++
	c.total.Pictures += len(outcomes)
	c.err = c.sheet.Add(a)
}

// before is the original.
func (c *contactSheet) before(o images.Outcome) page.SheetFile {
	f := page.SheetFile{Name: "missing", Format: o.From.Format, W: o.From.W, H: o.From.H}
	if o.From.Size > 0 {
		f.Name, f.Size = "not shown", byteSize(int64(o.From.Size))
	}
	switch {
	case o.Failed: // It may be dangerous to show.
	case o.From.File != "":
		f.Address = c.sheet.Address(o.From.File)
	case o.From.Data != nil:
		f.Address = page.Embedded(strings.ToLower(o.From.Format), o.From.Data)
	}
	return f
}

// after leads to a result, or holds it where it is written to no folder.
func (c *contactSheet) after(m images.Made, folder string) template.URL {
	if folder != "" {
		return c.sheet.Address(filepath.Join(folder, filepath.FromSlash(m.Path)))
	}
	return page.Embedded(strings.ToLower(m.Format), m.Data)
}

// nearest is the index of the result whose width is nearest to one that is wished.
func nearest(made []images.Made, width int) (best int) {
	distance := func(i int) int { return max(made[i].W-width, width-made[i].W) }
	for i := range made {
		if distance(i) < distance(best) {
			best = i
		}
	}
	return best
}

// saved says how much less than before there is now, and how many percent that is.
func saved(after, before int64) (text string, percent int) {
	if after >= before || before == 0 {
		return "nothing saved", 0
	}
	percent = int(100 * (before - after) / before)
	return fmt.Sprintf("%s saved, %d %%", byteSize(before-after), percent), percent
}

// end writes the totals, and puts the sheet in its place, unless the run came to no end.
func (c *contactSheet) end(run error) error {
	if c == nil || c.file == nil {
		return nil
	}
	if c.err == nil && run == nil {
		t := c.step.Totals()
		c.total.Dry = c.dry
		if t.Pictures > 0 {
			c.total.Before, c.total.After = byteSize(t.Before), byteSize(t.After)
			c.total.Saved, _ = saved(t.After, t.Before)
			c.total.Saved = strings.Replace(c.total.Saved, " saved", "", 1)
		}
		c.err = c.sheet.Close(c.total)
	}
	if c.err != nil || run != nil {
		return errors.Join(c.err, c.file.Abort())
	}
	return c.file.Commit()
}

// folderOf says where the pictures of a document are written: beside it, where that is a folder.
func folderOf(f *shared, in *feed.Input) func(*pipeline.Document) string {
	switch folder := f.out.folder(); {
	case f.out.write:
		return func(d *pipeline.Document) string { return filepath.Dir(d.Name) }
	case folder != "":
		return func(d *pipeline.Document) string {
			return filepath.Join(folder, filepath.Dir(filepath.FromSlash(d.Path)))
		}
	case f.out.to != "" && f.out.isFile():
		return func(*pipeline.Document) string { return filepath.Dir(f.out.to) }
	case f.out.to == "" && !f.out.list && !f.out.diff && single(in) || f.out.to == "-":
		return func(*pipeline.Document) string { return "." }
	}
	return func(*pipeline.Document) string { return "" }
}

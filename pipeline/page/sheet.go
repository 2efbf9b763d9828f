package page

import (
	_ "embed" // The template of sheets is a file of its own.
	"encoding/base64"
	"html/template"
	"io"
	"net/url"
	"path/filepath"
	"sync"
)

// A Sheet is a page that shows pictures before and after, article by article. It needs nothing but the pictures,
// runs no script, and can be opened as a file. It is written as the articles come, so that any number of them takes
// no more memory than one.
type Sheet struct {
	w      io.Writer
	folder string
}

// SheetArticle is one article of a sheet.
type SheetArticle struct {
	Name     string
	Link     template.URL // to the article, as Address gives it; empty for none
	Pictures []SheetPicture
}

// SheetPicture is one picture of an article.
type SheetPicture struct {
	URL     string // as the article has it
	Line    int    // from 1
	Alt     string
	NoAlt   bool
	Before  SheetFile
	After   SheetFile   // what is shown of the results
	All     []SheetFile // every result
	Percent int         // of the bytes that are saved
	Saved   string      // the same in words; empty where nothing was made
	Note    string      // what is wrong with it, or why it stays
	Failed  bool
}

// SheetFile is one picture file.
type SheetFile struct {
	Address template.URL // as Address or Embedded gives it; empty for one that can't be shown
	Name    string
	Format  string
	W, H    int // pixels
	Size    string
}

// SheetTotal sums a sheet up.
type SheetTotal struct {
	Articles, Pictures, Failed, NoAlt int
	Before, After, Saved              string
	Dry                               bool
}

//go:embed sheet.html
var sheetText string

var sheetTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("sheet.html").Parse(sheetText))
})

// NewSheet begins a sheet that lies in a folder.
func NewSheet(w io.Writer, folder string) (*Sheet, error) {
	s := &Sheet{w, folder}
	return s, s.write("head", nil)
}

// Add writes one article.
func (s *Sheet) Add(a SheetArticle) error { return s.write("article", a) }

// Close ends the sheet with its totals, which are shown at its top.
func (s *Sheet) Close(t SheetTotal) error { return s.write("total", t) }

func (s *Sheet) write(part string, data any) error {
	return sheetTemplate().ExecuteTemplate(s.w, part, data)
}

// Address leads from the sheet to a file; empty for a file that it can't lead to.
func (s *Sheet) Address(file string) template.URL {
	if file == "" {
		return ""
	}
	from, err := filepath.Abs(s.folder)
	if err != nil {
		return ""
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	rel, err := filepath.Rel(from, to)
	if err != nil {
		return ""
	}
	// A path of a URL, so that no name of a file can be anything else.
	return template.URL((&url.URL{Path: "./" + filepath.ToSlash(rel)}).EscapedPath())
}

// Embedded is the address of a picture that the sheet holds itself: of JPEG, PNG, GIF or WebP alone, by its format's
// name in lower case.
func Embedded(format string, data []byte) template.URL {
	switch format {
	case "jpeg", "png", "gif", "webp":
		return template.URL("data:image/" + format + ";base64," + base64.StdEncoding.EncodeToString(data))
	}
	return ""
}

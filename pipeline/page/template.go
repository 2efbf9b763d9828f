package page

import (
	"bytes"
	_ "embed" // The built-in template is a file of its own.
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"copydesk/pipeline/files"
	"copydesk/pipeline/report"
	"copydesk/pipeline/sanitize"
)

// A Template is what pages are made of. It is safe for concurrent use.
type Template struct{ parsed *template.Template }

//go:embed article.html
var builtIn string

// BuiltIn is the template for those who have none.
var BuiltIn = sync.OnceValue(func() *Template {
	return &Template{template.Must(template.New("article.html").Parse(builtIn))}
})

// maxTemplate is the size of the largest template, in bytes.
const maxTemplate = 1 << 20

// Open reads a template of html/template from a file. It is tried on two made-up pages, one with everything
// that a page can have and one with nothing but a body: the error names the line of a mistake.
func Open(name string) (*Template, error) {
	text, err := read(name)
	if err != nil {
		return nil, fmt.Errorf("read template %s: %w", report.Quote(name), err)
	}
	parsed, err := template.New(report.Quote(name)).Parse(text)
	if err != nil {
		return nil, mistake(err)
	}
	t := &Template{parsed}
	for _, p := range []*Page{sample(), {Title: "Title", Headline: true}} {
		if err := t.Render(io.Discard, p); err != nil {
			return nil, mistake(err)
		}
	}
	return t, nil
}

func read(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", files.Cause(err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxTemplate {
		return "", errors.New("not a regular file of at most 1 MiB")
	}
	text, err := os.ReadFile(name)
	return string(bytes.TrimPrefix(text, []byte("\uFEFF"))), files.Cause(err)
}

// sample is a page that has everything.
func sample() *Page {
	date := &Date{Time: time.Date(2006, 1, 2, 15, 4, 5, 0, time.UTC), Timed: true, Zoned: true, lang: "en"}
	return &Page{
		Title: "Title", Headline: true, Lang: "en-GB", Dir: "rtl", Description: "Description", Authors: []string{"Author"},
		Date: date, Modified: date, Tags: []string{"tag"}, Image: "https://example.com/a.png", URL: "https://example.com/",
		Words: 1, Body: sanitize.Trust("<p>Body</p>"),
	}
}

// view is a page as a template sees it.
type view struct {
	*Page
	Body template.HTML // in place of the page's
}

// Render writes a page.
func (t *Template) Render(w io.Writer, p *Page) error {
	return t.parsed.Execute(w, view{p, template.HTML(p.Body.String())})
}

// mistake tells an error of a template by file, line and column from 1, and what was probably meant.
func mistake(err error) error {
	text := regexp.MustCompile(`^(?:html/)?template: ?`).ReplaceAllString(err.Error(), "")
	text = strings.Replace(text, "unexpected EOF", "the file ends where an {{end}} is missing", 1)
	running := regexp.MustCompile(`:(\d+): executing .*? at (<.*?>): `)
	if m := running.FindStringSubmatch(text); m != nil {
		column, _ := strconv.Atoi(m[1])
		text = strings.Replace(text, m[0], fmt.Sprintf(":%d: %s: ", column+1, m[2]), 1)
	}
	noField := regexp.MustCompile(`can't evaluate field (\w+) in type (?:page\.view|\*page\.Page)`)
	if m := noField.FindStringSubmatch(text); m != nil {
		hint := "; there are ." + strings.Join(fields(), ", .")
		if near := report.Suggest(m[1], fields()); near != "" {
			hint = fmt.Sprintf("; did you mean .%s?", near)
		}
		text = strings.Replace(text, m[0], "a page has no field ."+m[1], 1) + hint
	}
	return errors.New("template " + text)
}

// fields are the names that a template can use of a page.
func fields() (names []string) {
	for f := range reflect.TypeFor[Page]().Fields() {
		if f.IsExported() {
			names = append(names, f.Name)
		}
	}
	for m := range reflect.TypeFor[*Page]().Methods() {
		if m.Name != "Show" && m.Name != "Lost" {
			names = append(names, m.Name)
		}
	}
	return names
}

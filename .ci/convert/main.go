// Convert converts pages between HTML and Markdown, once, for those who time it.
//
//	convert prepare OUT FOLDER...   bodies of the articles in FOLDER: HTML in OUT/html, and what that is written as in OUT/md
//	convert MODE FOLDER             reads and converts all pages in FOLDER
//
// MODE is one of: proven, unproven (package markdown with and without reading back), html-to-markdown, and render
// (package markup).
package main

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"

	"copydesk/pipeline/markdown"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/memory"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) > 3 && os.Args[1] == "prepare" {
		prepare(os.Args[2], os.Args[3:])
		return
	}
	if len(os.Args) != 3 {
		log.Fatal("usage: convert MODE FOLDER, or convert prepare OUT FOLDER...")
	}
	if os.Args[1] != "html-to-markdown" {
		defer runtime.KeepAlive(memory.Tune(memory.Articles)) // As the command does.
	}
	convert := conversion(os.Args[1])
	for _, page := range read(os.Args[2]) {
		if err := convert(page); err != nil {
			log.Fatal(err)
		}
	}
}

// conversion is what a mode does with a page.
func conversion(mode string) func(page []byte) error {
	switch mode {
	case "proven", "unproven":
		o := markdown.Options{Unproven: mode == "unproven"}
		return func(page []byte) error { _, err := markdown.Write(page, o); return err }
	case "html-to-markdown":
		c := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(),
			table.NewTablePlugin(), strikethrough.NewStrikethroughPlugin()))
		return func(page []byte) error { _, err := c.ConvertString(string(page)); return err }
	case "render":
		return func(page []byte) error { _, err := markup.Render(page); return err }
	}
	log.Fatalf("unknown mode %q", mode)
	return nil
}

func read(folder string) (pages [][]byte) {
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		page, err := os.ReadFile(path)
		pages = append(pages, page)
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	return pages
}

func prepare(out string, folders []string) {
	for _, kind := range []string{"html", "md"} {
		if err := os.MkdirAll(filepath.Join(out, kind), 0o755); err != nil {
			log.Fatal(err)
		}
	}
	n := 0
	write := func(kind string, text []byte) {
		if err := os.WriteFile(filepath.Join(out, kind, fmt.Sprintf("%05d.%s", n, kind)), text, 0o600); err != nil {
			log.Fatal(err)
		}
	}
	for _, folder := range folders {
		for _, page := range read(folder) {
			text := strings.TrimLeft(string(page), "\ufeff\r\n")
			_, body, ok := strings.Cut(text, "\n---\n")
			if !ok || !strings.HasPrefix(text, "---\n") || !strings.Contains(body, "<p>") {
				continue
			}
			md, err := markdown.Write([]byte(body), markdown.Options{})
			if err != nil {
				continue
			}
			write("html", []byte(body))
			write("md", append(md.Text, '\n'))
			n++
		}
	}
}

package page

import (
	"path/filepath"
	"strings"
	"testing"
)

// What comes from articles and names of files is text, wherever it stands in a sheet.
func TestSheetsHoldForeignTextAsText(t *testing.T) {
	var out strings.Builder
	s, err := NewSheet(&out, ".")
	if err != nil {
		t.Fatal(err)
	}
	evil := `"><script>alert(1)</script><x onload='y`
	a := SheetArticle{Name: evil, Link: s.Address(evil), Pictures: []SheetPicture{{
		URL: "javascript:alert(1)//" + evil, Line: 3, Alt: evil, Note: evil,
		Before: SheetFile{Address: s.Address("javascript:alert(1)"), Name: evil, Format: evil},
		After:  SheetFile{Address: Embedded("png", []byte("png"))},
		All:    []SheetFile{{Format: evil, Size: evil}}, Saved: "1 kB saved, 50 %", Percent: 50,
	}}}
	if err := s.Add(a); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(SheetTotal{Articles: 1, Pictures: 1, Before: "2 kB", After: "1 kB", Saved: "1 kB, 50 %", Dry: true}); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, bad := range []string{"<script", "<x", `href="javascript`, `src="javascript`, "onload='y", "ZgotmplZ"} {
		if strings.Contains(text, bad) {
			t.Errorf("the sheet holds %q", bad)
		}
	}
	for _, want := range []string{`src="./javascript:alert%281%29"`, `src="data:image/png;base64,cG5n"`, "width: 50%", "Nothing was written but this page", "<html lang=\"en\">", "</html>"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, text)
		}
	}
}

func TestAddressesLeadFromTheSheet(t *testing.T) {
	s := &Sheet{folder: "out/sheets"}
	for file, want := range map[string]string{
		"out/a b.png": "./../a%20b.png", "out/sheets/图#1?.png": "./%E5%9B%BE%231%3F.png", "posts/a.md": "./../../posts/a.md", "": "",
	} {
		if got := string(s.Address(filepath.FromSlash(file))); got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
	if got := Embedded("svg", []byte("<svg/>")); got != "" {
		t.Error(got)
	}
}

package sanitize

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	svgHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + "\n" +
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:n="urn:notes" viewBox="0 0 9 9">`
	svgTail = "</svg>\n"
)

func TestSVG(t *testing.T) {
	for _, c := range []struct{ in, out, removed string }{
		{`<g id="a"><path d="M0 0"/></g><use xlink:href="#a"/>`, "", ""},
		{`<text font-family='Curlz'>1 &lt; 2 &#169; 图 <![CDATA[<b>]]></text><!-- <script> -->`, "", ""},
		{`<style>.a { fill: url(#g); } @font-face { src: url(data:font/woff2;base64,AA) }</style><rect fill="url( '#g' )" style="mask:url(#m)"/>`, "", ""},
		{`<image href="data:image/png;base64,AA"/><a href="https://example.com/"><rect/></a>`, "", ""},
		{`<n:view n:zoom="1"/><metadata><n:RDF n:about="x"/></metadata>`, "", ""},
		{`<foreignObject><div xmlns="http://www.w3.org/1999/xhtml" style="color:red"><p>label</p></div></foreignObject>`, "", ""},
		{`<animate attributeName="x" from="0" to="9"/>`, "", ""},
		{`<script>alert(1)</script><path/>`, `<path/>`, "element script"},
		{`<script xlink:href="x"/><path/>`, `<path/>`, "element script"},
		{`<script><![CDATA[</script>]]></script>x`, `x`, "element script"},
		{`<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>`, ``, "element script"},
		{`<n:script>1</n:script><n:Handler/>`, ``, "element script, element Handler"},
		{`<path onclick="a()" d="M0" ONLOAD = 'b'/>`, `<path d="M0"/>`, "attribute onclick, attribute ONLOAD"},
		{`<a xlink:href="javascript:alert(1)"><rect/></a>`, `<a><rect/></a>`, "an address outside of the file"},
		{`<a href=" java&#x0A;script:alert(1)">x</a>`, `<a>x</a>`, "an address outside of the file"},
		{`<a href="data:text/html,x">x</a>`, `<a>x</a>`, "an address outside of the file"},
		{`<image href="https://example.com/a.png"/><use href="b.svg#x"/>`, `<image/><use/>`, "an address outside of the file"},
		{`<image href="data:image/svg+xml,x"/>`, `<image/>`, "an address outside of the file"},
		{`<set attributeName="xlink:href" to="javascript:x"/><animate attributeName="onload" values="x"/>`, ``, "element set, element animate"},
		{`<style>@import "https://example.com/a.css"; .a { fill: url(https://example.com/a) }</style>`, `<style> .a { fill: none }</style>`, "styles from elsewhere"},
		{`<style>.a { fill: u\72l(https://example.com/a) }</style>`, `<style></style>`, "styles from elsewhere"},
		{`<style><![CDATA[.a { fill: url("//example.com/a") }]]></style>`, `<style></style>`, "styles from elsewhere"},
		{`<style>.a { fill: u&#x72;l(//example.com/a) }</style>`, `<style></style>`, "styles from elsewhere"},
		{`<rect style="fill:url(//example.com/a#b)" mask="URL('a.svg#m')" filter="u\72l(a)"/>`, `<rect/>`, "styles from elsewhere"},
		{`<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/><div xmlns="http://www.w3.org/1999/xhtml" onclick="x">label<img src="x"/></div></foreignObject>`,
			`<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">label</div></foreignObject>`, "element iframe, attribute onclick, element img"},
		{`<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:x"/>`, ``, "element math"},
		{`<g xml:base="https://example.com/"><use href="#a"/></g>`, `<g><use href="#a"/></g>`, "attribute xml:base"},
		{`<?xml-stylesheet href="a.xsl"?><path/>`, `<path/>`, "the instruction xml-stylesheet"},
	} {
		want := c.out
		if c.removed == "" {
			want = c.in
		}
		got, removed, err := SVG([]byte(svgHead + c.in + svgTail))
		if err != nil || string(got) != svgHead+want+svgTail || strings.Join(removed, ", ") != c.removed {
			t.Errorf("%s:\n%s\n%v %v", c.in, bytes.TrimPrefix(got, []byte(svgHead)), removed, err)
		}
	}
	many := strings.Repeat(`<path ona="" onb="" onc="" ond="" one="" onf="" ong="" onh="" oni="" onj=""/>`, 3)
	if got, removed, err := SVG([]byte(svgHead + many + svgTail)); err != nil || string(got) != svgHead+strings.Repeat("<path/>", 3)+svgTail || len(removed) != 9 || removed[8] != "more" {
		t.Error(removed, err)
	}
}

func TestSVGThatCannotBeCleaned(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "no element",
		"<svg":               "not well-formed",
		"<svg><g></svg>":     "not well-formed",
		`<svg a="1" a="2"/>`: "twice",
		`<svg a=1/>`:         "not well-formed",
		"<svg>\xff</svg>":    "not well-formed",
		`<!DOCTYPE svg [<!ENTITY x "<script/>">]><svg>&x;</svg>`: "not well-formed",
		`<?xml version="1.0" encoding="UTF-7"?><svg>图</svg>`:     "not in UTF-8",
		`<html xmlns="http://www.w3.org/1999/xhtml"/>`:           "it is no SVG",
		`<svg><style>@im<script/>port url(x)</style></svg>`:      "can't be cleaned",
	} {
		if got, _, err := SVG([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	got, _, err := SVG([]byte(`<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE svg [<!ELEMENT x ANY>]><svg/>`))
	if err != nil || string(got) != `<?xml version="1.0" encoding="ISO-8859-1"?><svg/>` {
		t.Error(string(got), err)
	}
}

// Pictures of real sites lose what is active in them and nothing else.
func TestSVGsOfTheCorpus(t *testing.T) {
	root := "../../../shared/corpus"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus beside the repository")
	}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".svg" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, removed, err := SVG(data)
		if err != nil || len(removed) > 0 {
			t.Logf("%s: %v %v", path, removed, err)
		}
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever the file, what comes out is clean, and stays as it is.
func FuzzSVG(f *testing.F) {
	f.Add([]byte(svgHead + `<style>@import "x"; a{fill:url(x)}</style><a href="javascript:x" onclick='y'>z</a><script/>` + svgTail))
	f.Add([]byte(`<svg><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, _, err := SVG(data)
		if err != nil {
			return
		}
		again, removed, err := SVG(clean)
		if err != nil || len(removed) > 0 || !bytes.Equal(again, clean) {
			t.Fatalf("%q became %q, and then %q: %v %v", data, clean, again, removed, err)
		}
		if low := bytes.ToLower(clean); bytes.Contains(low, []byte("<script")) && !bytes.Contains(low, []byte("<!")) {
			t.Fatalf("script stays: %q", clean)
		}
	})
}

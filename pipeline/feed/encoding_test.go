package feed

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline"
)

const (
	chinese  = "---\ntitle: 微信公众号怎么写文章\n---\n\n今天我们来说一说如何用简单的方法写好一篇文章，首先要有一个好的题目。\n"
	taiwan   = "---\ntitle: 電腦\n---\n\n今天我們來說一說如何用簡單的方法寫好一篇文章，首先要有一個好的題目。\n"
	japanese = "---\ntitle: 記事\n---\n\n今日は簡単な方法で良い記事を書くことについてお話しします。\n"
	korean   = "---\ntitle: 기사\n---\n\n오늘은 간단한 방법으로 좋은 글을 쓰는 것에 대해 이야기하겠습니다.\n"
	french   = "---\ntitle: L’été\n---\n\nL’été dernier, j’ai été à la plage, où il y a « déjà » des élèves.\n"
)

func encoded(t testing.TB, text, name string) string {
	t.Helper()
	raw, err := encode([]byte(text), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestLikelyEncoding(t *testing.T) {
	for _, test := range []struct{ text, name string }{
		{chinese, "gb18030"}, {taiwan, "big5"}, {japanese, "shift_jis"}, {japanese, "euc-jp"}, {korean, "euc-kr"}, {french, "windows-1252"},
		{chinese, "utf-16le"}, {chinese, "utf-16be"}, {french, "utf-16le"},
	} {
		dir := put(t, map[string]string{"a.md": encoded(t, test.text, test.name)})
		got := collect(t, open(t, Options{}, nil, dir))
		wrong := (*EncodingError)(nil)
		if !errors.As(got[0].Failed, &wrong) || wrong.Likely != test.name {
			t.Errorf("%s: %v", test.name, got[0].Failed)
		}
		if string(got[0].Source) != encoded(t, test.text, test.name) {
			t.Errorf("%s: the bytes are lost", test.name)
		}
		got = collect(t, open(t, Options{Encoding: test.name}, nil, dir))
		if d := got[0]; d.Failed != nil || string(d.Text) != test.text || d.Encoding != test.name {
			t.Errorf("%s: decoded by name: %q, %s, %v", test.name, d.Text, d.Encoding, d.Failed)
		}
	}
}

func TestEncodingErrorText(t *testing.T) {
	for raw, want := range map[string]string{
		"not UTF-8: \xc3\xff":           "not valid UTF-8 at byte 11; it looks like windows-1252: --encoding windows-1252",
		"\x00\xff":                      "not valid UTF-8 at byte 1; name the encoding with --encoding",
		"\xff\xfea":                     "not valid utf-16le at byte 2; name the encoding with --encoding",
		"\xff\xfea\x00\x00\xd8b\x00":    "not valid utf-16le at byte 4; name the encoding with --encoding",
		"-\x00-\x00\n\x00\xe8\x96":      "not valid UTF-8 text at byte 1; it looks like utf-16le: --encoding utf-16le",
		"\x00a\x00b":                    "not valid UTF-8 text at byte 0; it looks like utf-16be: --encoding utf-16be",
		"\xff\xfe\x00\x00a\x00\x00\x00": "not valid UTF-8 or UTF-16 (it begins as UTF-32 does); name the encoding with --encoding",
	} {
		in := open(t, Options{}, nil, "x")
		if _, _, err := in.decode([]byte(raw)); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", raw, err, want)
		}
	}
}

// TestEncodedBack reads files by their mark or their declared charset, and writes the same bytes.
func TestEncodedBack(t *testing.T) {
	page := `<html><meta charset="gb2312"><p>` + "今天我们来说一说</p>\n"
	files := map[string]string{
		"le.md": encoded(t, "\uFEFF"+chinese, "utf-16le"), "be.md": encoded(t, "\uFEFF"+chinese, "utf-16be"),
		"bom.md": "\uFEFF" + chinese, "page.html": encoded(t, page, "gbk"), "empty.md": "",
	}
	want := map[string]string{"le.md": "utf-16le", "be.md": "utf-16be", "bom.md": "utf-8", "page.html": "gbk", "empty.md": "utf-8"}
	dir, out := put(t, files), t.TempDir()
	sink, err := ToDir(out, Out{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range collect(t, open(t, Options{}, nil, dir)) {
		if d.Failed != nil || d.Encoding != want[d.Path] {
			t.Errorf("%s: %s, %v", d.Path, d.Encoding, d.Failed)
		}
		if err := sink.Write(context.Background(), d); err != nil {
			t.Error(err)
		}
	}
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		wantFile(t, filepath.Join(out, name), text)
	}
}

// TestPlaceOfLostBytes looks where bytes are not text in the encoding that was named.
func TestPlaceOfLostBytes(t *testing.T) {
	for _, test := range []struct{ raw, name, want string }{
		{"\xd6\xd0\xff\xff", "gbk", "at byte 2"},
		{"ab\x81", "shift_jis", "at byte 2"},
		{"a\x00\x00\xdc", "utf-16le", "at byte 2"},
	} {
		_, _, err := open(t, Options{Encoding: test.name}, nil, "x").decode([]byte(test.raw))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q in %s: %v, want %s", test.raw, test.name, err, test.want)
		}
	}
}

// TestNotWide reads texts with a few zero bytes as what they are.
func TestNotWide(t *testing.T) {
	for _, raw := range []string{"---\ntitle: a\n---\nbo\x00dy\n", "a\x00", "\x00\x00\x00\x00", "\x00" + chinese + "\x00"} {
		if text, name, err := open(t, Options{}, nil, "x").decode([]byte(raw)); err != nil || name != "utf-8" || string(text) != raw {
			t.Errorf("%q: %q, %s, %v", raw, text, name, err)
		}
	}
}

func TestCannotEncode(t *testing.T) {
	dir := put(t, map[string]string{"a.md": encoded(t, "é", "windows-1252")})
	d := collect(t, open(t, Options{Encoding: "windows-1252"}, nil, dir))[0]
	if err := d.Apply(pipeline.Edit{Start: 0, End: 0, Text: "微"}); err != nil {
		t.Fatal(err)
	}
	err := InPlace(Out{}).Write(context.Background(), d)
	if !errors.Is(err, errEncode) {
		t.Errorf("got %v", err)
	}
}

// FuzzDecode: what is decoded is encoded back to the same bytes.
func FuzzDecode(f *testing.F) {
	names := []string{"", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1252", "utf-16le", "utf-16be", "iso-2022-jp", "koi8-r", "x-user-defined"}
	for i, text := range []string{"a", chinese, "\uFEFFa", "\xff\xfea\x00", "\xfe\xff\x00a", "\xff\xfe\x00\xd8", "<meta charset=gbk>\xd6\xd0"} {
		f.Add([]byte(text), byte(i))
	}
	f.Fuzz(func(t *testing.T, raw []byte, which byte) {
		in := open(t, Options{Encoding: names[int(which)%len(names)]}, nil, "x")
		text, name, err := in.decode(raw)
		if err != nil {
			if !strings.Contains(err.Error(), "--encoding") {
				t.Errorf("no way out: %v", err)
			}
			return
		}
		if back, err := encode(text, name); err != nil || !bytes.Equal(back, raw) {
			t.Errorf("%s: %q became %q, %v", name, raw, back, err)
		}
	})
}

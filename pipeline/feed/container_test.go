package feed

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/files"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var containers = []string{"o.tar", "o.tar.gz", "o.tgz", "o.tar.zst", "o.zip", "o.ndjson", "o.ndjson.gz", "o.ndjson.zst"}

func TestContainersThereAndBack(t *testing.T) {
	long := "sub/" + strings.Repeat("微信", 40) + ".html"
	dir := put(t, map[string]string{"a.md": "---\ntitle: t\n---\nText", long: "<p>x", "empty.md": "", "u.md": encoded(t, "\uFEFFone\n", "utf-16be")})
	for _, name := range containers {
		t.Run(name, func(t *testing.T) {
			name = filepath.Join(t.TempDir(), name)
			write := func() []byte {
				sink, err := ToContainer(name, Out{})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := os.Stat(name); err == nil {
					t.Error("it is there before it is complete")
				}
				send(t, sink, collect(t, open(t, Options{}, nil, dir))...)
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				return data
			}
			first := write()
			in := open(t, Options{}, nil, name)
			if in.Kind() != Many || in.Replaceable() == nil {
				t.Error("kind", in.Kind(), in.Replaceable())
			}
			var got []string
			for _, d := range collect(t, in) {
				if d.Failed != nil || d.Name != name+":"+d.Path {
					t.Errorf("%s: %v", d.Name, d.Failed)
				}
				got = append(got, fmt.Sprintf("%s %q", d.Path, d.Text))
			}
			want := []string{`a.md "---\ntitle: t\n---\nText"`, `empty.md ""`, fmt.Sprintf("%s %q", long, "<p>x"), `u.md "\ufeffone\n"`}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("got %s\nwant %s", got, want)
			}
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, write()) {
				t.Error("the same documents gave other bytes")
			}
		})
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	for _, name := range containers {
		dir := t.TempDir()
		sink, err := ToContainer(filepath.Join(dir, name), Out{})
		if err != nil {
			t.Fatal(err)
		}
		if err := sink.Write(context.Background(), doc("a.md", "x")); err != nil {
			t.Error(err)
		}
		if err := sink.(pipeline.Aborter).Abort(); err != nil {
			t.Error(err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("%s: left behind: %v", name, entries)
		}
	}
	if _, err := ToContainer("a.rar", Out{}); err == nil {
		t.Error("made a .rar")
	}
}

func TestContainerHoldsPictures(t *testing.T) {
	for _, name := range []string{"o.tar", "o.zip"} {
		name := filepath.Join(t.TempDir(), name)
		sink, err := ToContainer(name, Out{})
		if err != nil {
			t.Fatal(err)
		}
		a, b, c := doc("s/a.md", "a"), doc("s/b.md", "b"), doc("s/c.md", "c")
		a.Assets = []pipeline.Asset{picture("x.png", "x")}
		b.Assets = a.Assets
		c.Assets = []pipeline.Asset{picture("x.png", "other")}
		for _, d := range []*pipeline.Document{a, b} {
			if err := sink.Write(context.Background(), d); err != nil {
				t.Error(err)
			}
		}
		for _, d := range []*pipeline.Document{c, doc("s/a.md", "again"), doc("s/x.png", "again"), doc("../x.md", "up")} {
			err := sink.Write(context.Background(), d)
			if stop := (*pipeline.StopError)(nil); err == nil || errors.As(err, &stop) {
				t.Errorf("%s: %v", d.Path, err)
			}
		}
		if err := sink.Close(); err != nil {
			t.Error(err)
		}
		if got := fmt.Sprint(entryNames(t, name)); got != "[s/x.png s/a.md s/b.md]" {
			t.Error(got)
		}
	}
}

func entryNames(t *testing.T, name string) (names []string) {
	t.Helper()
	if strings.HasSuffix(name, ".zip") {
		z, err := zip.OpenReader(name)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		return names
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for r := tar.NewReader(f); ; {
		h, err := r.Next()
		if err != nil {
			return names
		}
		names = append(names, h.Name)
	}
}

// hostile makes a tar archive of entries that no honest program writes.
func hostile(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range []tar.Header{
		{Name: "../up.md", Typeflag: tar.TypeReg, Size: 1}, {Name: "/abs.md", Typeflag: tar.TypeReg, Size: 1}, {Name: ".git/x.md", Typeflag: tar.TypeReg, Size: 1},
		{Name: "link.md", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, {Name: "hard.md", Typeflag: tar.TypeLink, Linkname: "/etc/passwd"}, {Name: "pipe.md", Typeflag: tar.TypeFifo},
		{Name: "x.sh", Typeflag: tar.TypeReg, Size: 1}, {Name: "large.md", Typeflag: tar.TypeReg, Size: 5000}, {Name: "dir.md/", Typeflag: tar.TypeDir}, {Name: "./good.md", Typeflag: tar.TypeReg, Size: 1},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(bytes.Repeat([]byte("x"), int(h.Size))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestHostileTar(t *testing.T) {
	dir := put(t, map[string]string{"x.tar": string(hostile(t))})
	t.Chdir(dir)
	in := open(t, Options{MaxSize: 4000, ShowSkipped: true}, nil, "x.tar")
	var got strings.Builder
	for _, d := range collect(t, in) {
		fmt.Fprintf(&got, "%s: %v\n", d.Name, d.Failed)
	}
	for _, s := range in.Skipped() {
		fmt.Fprintf(&got, "- %s: %s\n", s.Path, s.Reason)
	}
	if want := `x.tar:../up.md: unsafe path "../up.md": it leads upwards
x.tar:/abs.md: unsafe path "/abs.md": it is absolute
x.tar:.git/x.md: unsafe path ".git/x.md": it leads into a folder of git
x.tar:large.md: 5000 bytes, more than the limit of 4000 bytes; raise it with --max-size
x.tar:good.md: <nil>
- x.tar:link.md: not a regular file
- x.tar:hard.md: not a regular file
- x.tar:pipe.md: not a regular file
- x.tar:x.sh: not the extension of an article
`; got.String() != want {
		t.Errorf("got %s", got.String())
	}
}

// TestBombs: little that decompresses to much is not kept.
func TestBombs(t *testing.T) {
	much := bytes.Repeat([]byte{' '}, 32<<20)
	var zipped, gz, zst bytes.Buffer
	z := zip.NewWriter(&zipped)
	w, err := z.Create("a.md")
	if err != nil {
		t.Fatal(err)
	}
	_, err1 := w.Write(much)
	g := gzip.NewWriter(&gz)
	_, err2 := g.Write(much)
	s, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	_, err3 := s.Write(much)
	if err := errors.Join(err1, err2, err3, z.Close(), g.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	lying := bytes.ReplaceAll(zipped.Bytes(), []byte{0, 0, 0, 2}, []byte{5, 0, 0, 0}) // The size that the directory claims.
	dir := put(t, map[string]string{"a.zip": zipped.String(), "lying.zip": string(lying), "b.ndjson.gz": gz.String(), "c.ndjson.zst": zst.String()})
	for name, want := range map[string]string{"a.zip": "more than the limit of 1000 bytes", "lying.zip": "read: ", "b.ndjson.gz": "larger than the limit", "c.ndjson.zst": "larger than the limit"} {
		docs := collect(t, open(t, Options{MaxSize: 1000}, nil, filepath.Join(dir, name)))
		if len(docs) != 1 || docs[0].Failed == nil || !strings.Contains(docs[0].Failed.Error(), want) {
			t.Errorf("%s: %d documents, %v", name, len(docs), docs[0].Failed)
		}
	}
}

func TestBrokenContainers(t *testing.T) {
	for _, name := range containers {
		dir := put(t, map[string]string{name: "no such thing, surely"})
		docs := collect(t, open(t, Options{}, nil, filepath.Join(dir, name)))
		if len(docs) != 1 || docs[0].Failed == nil {
			t.Errorf("%s: %d documents", name, len(docs))
		}
	}
	dir := put(t, map[string]string{"x": ""})
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "x.tar")); err != nil {
		t.Fatal(err)
	}
	docs := collect(t, open(t, Options{}, nil, filepath.Join(dir, "x.tar")))
	if !errors.Is(docs[0].Failed, files.ErrNotRegular) {
		t.Error(docs[0].Failed)
	}
}

// FuzzArchives: any bytes give documents or failures, with safe paths, and end.
func FuzzArchives(f *testing.F) {
	for i := range containers {
		f.Add([]byte("x"), byte(i))
	}
	f.Fuzz(func(t *testing.T, data []byte, which byte) {
		name := filepath.Join(t.TempDir(), containers[int(which)%len(containers)])
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, d := range collect(t, open(t, Options{MaxSize: 10000}, nil, name)) {
			if clean, err := CheckName(d.Path); d.Failed == nil && (err != nil || clean != d.Path) {
				t.Errorf("%q: %v", d.Path, err)
			}
		}
	})
}

package files

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// put writes a file of a test's own.
func put(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func wantFile(t *testing.T, name, text string) {
	t.Helper()
	if got, err := os.ReadFile(name); err != nil || string(got) != text {
		t.Errorf("%s holds %.60q, %v; want %.60q", name, got, err, text)
	}
}

// wantNoTemps fails when a temporary file is left in a folder.
func wantNoTemps(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

func openRoot(t *testing.T, dir string) *Root {
	t.Helper()
	r, err := OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	name := put(t, dir+"/a.md", "text")
	if got, err := Read(name, 4, ""); err != nil || string(got) != "text" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := Read(put(t, dir+"/empty", ""), 4, ""); err != nil || len(got) != 0 {
		t.Errorf("empty: got %q, %v", got, err)
	}
	for _, test := range []struct{ name, want string }{
		{name, "read " + name + ": 4 bytes, more than the limit of 3 bytes; raise it with --max-size"},
		{dir, "read " + dir + ": not a regular file: a folder"},
		{dir + "/none", "read " + dir + "/none: no such file or directory"},
		{os.DevNull, "read " + os.DevNull + ": not a regular file: a device"},
		{dir + "/\x1b[31m", `read "` + dir + `/\x1b[31m": no such file or directory`},
	} {
		if _, err := Read(test.name, 3, "--max-size"); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestReadAllGrowsAndStops(t *testing.T) {
	text := strings.Repeat("x", 5000)
	if got, err := readAll(strings.NewReader(text), 10, 5000, ""); err != nil || string(got) != text {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := readAll(strings.NewReader(text), 10, 4999, "--x"); err == nil || err.Error() != "larger than the limit of 4999 bytes; raise it with --x" {
		t.Error(err)
	}
}

// TestReadWhileWritten reads a file that is rewritten in place again and again.
func TestReadWhileWritten(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("leases are Linux's")
	}
	name := put(t, t.TempDir()+"/a", "")
	versions := [][]byte{bytes.Repeat([]byte("a"), 300_000), bytes.Repeat([]byte("b"), 200_000)}
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
			if err != nil {
				continue
			}
			for part := versions[i%2]; len(part) > 0; part = part[min(len(part), 65536):] {
				_, _ = f.Write(part[:min(len(part), 65536)])
				time.Sleep(500 * time.Microsecond)
			}
			_ = f.Close()
			time.Sleep(time.Millisecond)
		}
	}()
	read := 0
	for range 40 {
		got, err := Read(name, MaxSize, "")
		if err == nil && len(got) > 0 {
			read++
			if !bytes.Equal(got, versions[0]) && !bytes.Equal(got, versions[1]) {
				t.Fatalf("read %d bytes of a file that was being written", len(got))
			}
		} else if err != nil && !errors.Is(err, ErrBusy) {
			t.Fatal(err)
		}
	}
	close(stop)
	<-done
	t.Logf("%d of 40 reads got a whole version", read)
}

func TestRootWrite(t *testing.T) {
	dir := t.TempDir() + "/new"
	r := openRoot(t, dir)
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made before anything was written")
	}
	if changed, err := r.Write("s/a.md", []byte("one"), 0); err != nil || !changed {
		t.Fatal(changed, err)
	}
	name := dir + "/s/a.md"
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	if changed, err := r.Write("s/a.md", []byte("one"), 0); err != nil || changed {
		t.Error("an equal file was written", err)
	}
	if info, _ := os.Stat(name); !info.ModTime().Equal(old) {
		t.Error("an equal file was touched")
	}
	for _, text := range []string{"two", "three"} {
		if changed, err := r.Write("s/a.md", []byte(text), 0); err != nil || !changed {
			t.Error(changed, err)
		}
		wantFile(t, name, text)
	}
	if info, _ := os.Stat(name); info.Mode().Perm() != 0o640 {
		t.Errorf("mode became %v", info.Mode())
	}
	if err := r.Sync(); err != nil {
		t.Error(err)
	}
	wantNoTemps(t, dir+"/s")
}

func TestRootStaysInside(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	victim := put(t, dir+"/victim/file", "precious")
	put(t, out+"/inside/file", "inside")
	for link, to := range map[string]string{"up": "../victim", "abs": dir + "/victim", "file": victim, "in": "inside"} {
		if err := os.Symlink(to, filepath.Join(out, link)); err != nil {
			t.Fatal(err)
		}
	}
	r := openRoot(t, out)
	for _, name := range []string{"../victim/file", "/etc/x", "up/file", "abs/file", "file", "a/../../victim/file", "inside/", "", ".", "inside"} {
		if _, err := r.Write(name, []byte("evil"), 0); err == nil {
			t.Errorf("wrote %q", name)
		}
	}
	wantFile(t, victim, "precious")
	if _, err := r.Write("in/file", []byte("through a link inside"), 0); err != nil {
		t.Error(err)
	}
	wantFile(t, out+"/inside/file", "through a link inside")
	if entries, _ := os.ReadDir(dir + "/victim"); len(entries) != 1 {
		t.Error("something was written outside")
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	dead, mine := tempPrefix+"999999999-3"+tempSuffix, tempPrefix+strconv.Itoa(os.Getpid())+"-77"+tempSuffix
	for _, name := range []string{dead, mine, ".copydesk-x.tmp", "a.tmp"} {
		put(t, dir+"/"+name, "")
	}
	r := openRoot(t, dir)
	if _, err := r.Write("a.md", nil, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir + "/" + dead); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what a dead process left is still there")
	}
	for _, name := range []string{mine, ".copydesk-x.tmp", "a.tmp"} {
		if _, err := os.Stat(dir + "/" + name); err != nil {
			t.Error(err)
		}
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	name := put(t, dir+"/a.md", "one")
	if err := os.Chmod(name, 0o604); err != nil {
		t.Fatal(err)
	}
	var r Replacer
	was := func(text string) func([]byte) bool { return func(now []byte) bool { return string(now) == text } }
	if err := r.Replace(name, []byte("two"), was("one")); err != nil {
		t.Fatal(err)
	}
	wantFile(t, name, "two")
	if info, _ := os.Stat(name); info.Mode().Perm() != 0o604 {
		t.Errorf("mode became %v", info.Mode())
	}
	if err := r.Replace(name, []byte("three"), was("one")); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
	if err := os.Symlink("a.md", dir+"/link.md"); err != nil {
		t.Fatal(err)
	}
	if err := r.Replace(dir+"/link.md", []byte("x"), was("two")); !errors.Is(err, ErrNotRegular) {
		t.Error(err)
	}
	if err := r.Replace(dir+"/none.md", []byte("x"), was("")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	wantFile(t, name, "two")
	wantNoTemps(t, dir)
}

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	name := dir + "/sub/out.tar"
	write := func(end func(*Pending) error, text string) {
		t.Helper()
		p, err := Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := end(p); err != nil {
			t.Fatal(err)
		}
		wantNoTemps(t, dir+"/sub")
	}
	write((*Pending).Abort, "x")
	if _, err := os.Stat(name); err == nil {
		t.Error("an aborted file is there")
	}
	write((*Pending).Commit, "one")
	wantFile(t, name, "one")
	old := time.Unix(1e9, 0)
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	write((*Pending).Commit, "one")
	if info, _ := os.Stat(name); !info.ModTime().Equal(old) {
		t.Error("an equal file was touched")
	}
	write((*Pending).Commit, "two")
	wantFile(t, name, "two")
}

// TestFullDisk writes to a device that is always full.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	_, err = full.Write([]byte("x"))
	if got := fault("write", "a.md", err); got.Error() != "write a.md: no space left on device" {
		t.Error(got)
	}
}

func TestQuote(t *testing.T) {
	for name, want := range map[string]string{
		"a b.md": "a b.md", "微信.md": "微信.md", "": `""`, " a": `" a"`, "a\nb": `"a\nb"`, "a\"": `"a\""`, "\xff": `"\xff"`, "\u202e": `"\u202e"`,
	} {
		if got := Quote(name); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

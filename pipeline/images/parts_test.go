package images

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"copydesk/pipeline"
)

func TestOptions(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string // the option that the error names; empty: none
	}{
		{Options{}, ""},
		{Options{Widths: []int{640, 320, 320}}, ""},
		{Options{Widths: []int{0}}, "option widths"},
		{Options{Widths: []int{20000}}, "option widths"},
		{Options{Thumb: "320x240", Fit: "cover"}, ""},
		{Options{Thumb: "320"}, "option thumb"},
		{Options{Thumb: "x"}, "option thumb"},
		{Options{Thumb: "-1x5"}, "option thumb"},
		{Options{Thumb: "3x4x5"}, "option thumb"},
		{Options{Thumb: "99999x"}, "option thumb"},
		{Options{Fit: "crop"}, "option fit"},
		{Options{Quality: 101}, "option quality"},
		{Options{Quality: -1}, "option quality"},
		{Options{MaxPixels: -1}, "max-pixels"},
		{Options{Assets: "../up"}, "option assets"},
		{Options{Assets: "/shared"}, ""},
		{Options{Assets: "/"}, "option assets"},
		{Options{Links: "lose"}, "option links"},
		{Options{Format: "avif"}, "option format"},
		{Options{KeepMetadata: "some"}, "option keep-metadata"},
		{Options{Animation: "last"}, "option animation"},
		{Options{Fit: "cover", Focus: "top-left"}, ""},
		{Options{Fit: "cover", Focus: "0%,100%"}, ""},
		{Options{Fit: "cover", Focus: "top-bottom"}, "option focus"},
		{Options{Fit: "cover", Focus: "30,70"}, "option focus"},
		{Options{Fit: "cover", Focus: "30%,101%"}, "option focus"},
		{Options{Fit: "cover", Focus: "up"}, "option focus"},
		{Options{Focus: "top"}, "option focus: it is for fit cover"},
		{Options{Placeholder: "gray"}, "option placeholder"},
		{Options{Map: []string{"a"}}, "option map"},
		{Options{Map: []string{"a => b", "( => b"}}, "option map"},
		{Options{Map: []string{"a => b"}}, ""},
		{Options{BaseURL: "https://cdn.example.com/p/"}, ""},
		{Options{BaseURL: "/p"}, ""},
		{Options{BaseURL: "p"}, "option base-url"},
		{Options{BaseURL: "/"}, "option base-url"},
		{Options{BaseURL: "ftp://example.com/"}, "option base-url"},
		{Options{BaseURL: "https://u@example.com/"}, "option base-url"},
		{Options{Name: "{hash}/{width}x{height}.{ext}"}, ""},
		{Options{Name: "{hash:2}/{hash:9}-{width}.{ext}"}, ""},
		{Options{Name: "{hash:4}-{width}.{ext}"}, "option name"},
		{Options{Name: "{hash:65}-{width}.{ext}"}, "option name"},
		{Options{Name: "{hash:8}.{ext}"}, "option name"},
		{Options{Name: "{hash:8}-{width}"}, "option name"},
		{Options{Name: "{hash:8}-{width:3}.{ext}"}, "option name"},
		{Options{Name: "{size}{hash:8}-{width}.{ext}"}, "option name"},
		{Options{Name: "a b{hash:8}-{width}.{ext}"}, "option name"},
		{Options{Name: "../{hash:8}-{width}.{ext}"}, "option name"},
		{Options{Assets: `C:\x`}, "option assets"},
		{Options{Assets: "img/./made/"}, ""},
	} {
		_, err := NewMaker(c.o)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.o, err, c.want)
		}
	}
	if m := newMaker(t, Options{Widths: []int{640, 320, 320}}); len(m.Widths) != 2 || m.Widths[0] != 320 {
		t.Error(m.Widths)
	}
}

func TestLocalPath(t *testing.T) {
	for ref, want := range map[string]string{
		"a.jpg": "a.jpg", "./img/../a.jpg": "a.jpg", "/img/a.jpg": "/img/a.jpg", "../a.jpg": "../a.jpg",
		"a%20b.jpg?v=2#x": "a b.jpg", `img\a.jpg`: "img/a.jpg", "100%.jpg": "100%.jpg", "%2e%2e/a.jpg": "../a.jpg",
		"图.png": "图.png",
	} {
		if got, ok := LocalPath(ref); !ok || got != want {
			t.Errorf("%q: %q, %v, want %q", ref, got, ok, want)
		}
	}
	for _, ref := range []string{"", "#x", "?x", "img/", "//host/a.jpg", `\\host\a.jpg`, `/\host/a.jpg`, "https://host/a.jpg",
		"HTTP:a.jpg", "data:image/png;base64,AA==", "javascript:x", "file:///etc/passwd", `C:\a.jpg`, "mailto:a@b.jpg"} {
		if got, ok := LocalPath(ref); ok {
			t.Errorf("%q is local: %q", ref, got)
		}
	}
}

func TestIsMade(t *testing.T) {
	s, err := check(Options{Assets: "img/made"})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{
		"img/made/0123abcd-320.jpg": true, "/blog/img/made/0123abcd-320.png": true, "img/made/0123abcd0123abcd0123abcd0123abcd-9.webp": true,
		"made/0123abcd-320.jpg": false, "img/made/0123abcd-0.jpg": false, "img/made/0123abcg-320.jpg": false,
		"img/made/0123abcd.jpg": false, "img/made/0123abcd-320.bmp": false, "simg/made/0123abcd-320.jpg": false,
	} {
		if got := s.isMade(file); got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
}

func TestEqualBeginningsOfHashesGetLongerNames(t *testing.T) {
	d := pipeline.NewDocument("a.md", "a.md", nil)
	a := &article{Maker: newMaker(t, Options{}), doc: d, taken: map[string]bool{}, paths: map[string]string{}}
	one, two := &made{variants: []variant{{w: 9, ext: "png"}}}, &made{variants: []variant{{w: 9, ext: "png"}}}
	one.sum[0], two.sum[0] = 1, 1
	one.sum[31] = 1
	first, second := a.urls(one.sum, one.variants, "a.png", ""), a.urls(two.sum, two.variants, "b.png", "")
	if first[0] != "assets/01000000-9.png" || second[0] != "assets/01000000000000000000000000000000-9.png" || len(d.Assets) != 2 {
		t.Fatal(first, second, d.Assets)
	}
	if again := a.urls(one.sum, one.variants, "a.png", ""); again[0] != first[0] || len(d.Assets) != 2 || !a.isMade(second[0]) {
		t.Fatal(again, d.Assets)
	}
}

func TestBudgetIsNeverExceeded(t *testing.T) {
	b := newBudget(100)
	var held, most atomic.Int64
	var all sync.WaitGroup
	for i := range int64(50) {
		all.Go(func() {
			need := 1 + i*2
			if err := b.acquire(t.Context(), need); err != nil {
				t.Error(err)
				return
			}
			if now := held.Add(need); now > most.Load() {
				most.Store(now)
			}
			time.Sleep(time.Millisecond)
			held.Add(-need)
			b.release(need)
		})
	}
	all.Wait()
	if most.Load() > 100 || b.free != 100 || b.waiting.Len() != 0 {
		t.Fatalf("%d of 100 held at once, %d free at the end, %d waiting", most.Load(), b.free, b.waiting.Len())
	}
	if err := b.acquire(t.Context(), 101); err == nil {
		t.Fatal("more than there is was given")
	}
}

func TestWhoeverGivesUpWaitingLetsOthersPass(t *testing.T) {
	b := newBudget(10)
	if err := b.acquire(t.Context(), 6); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	gaveUp, passed := make(chan error), make(chan error)
	go func() { gaveUp <- b.acquire(ctx, 10) }()
	for waiting(b) < 1 {
		time.Sleep(time.Millisecond)
	}
	go func() { passed <- b.acquire(t.Context(), 4) }()
	for waiting(b) < 2 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := <-passed; err != nil || b.free != 0 {
		t.Fatal(err, b.free)
	}
}

func waiting(b *budget) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.waiting.Len()
}

func TestCacheForgetsWhatWasUsedLongAgo(t *testing.T) {
	c := newCache(4000)
	makes := 0
	get := func(n byte) *made {
		m, err := c.get(t.Context(), key{sum: [32]byte{n}}, func() (*made, error) { makes++; return &made{}, nil })
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for n := range byte(20) {
		get(0) // Always in use.
		get(n)
	}
	if makes != 20 || c.used > c.budget || len(c.byKey) != c.order.Len() || len(c.making) != 0 {
		t.Fatalf("made %d times, %d of %d bytes used", makes, c.used, c.budget)
	}
	if get(1); makes != 21 {
		t.Fatal("an old result was kept")
	}
}

func TestPlace(t *testing.T) {
	for ref, want := range map[string]string{
		"a.png": "a.png", "./x/../a%20b.png?v=1#f": "a b.png", `\img\a.png`: "/img/a.png",
		"https://example.org/a.png?w=1#f": "https://example.org/a.png?w=1", "//example.org/图.png": "https://example.org/%E5%9B%BE.png",
		" HTTP://example.org/a.png":  "http://example.org/a.png",
		"data:image/png;base64,AA==": "", "javascript:1": "", "http:a.png": "", "https://": "", "#a": "", "": "",
	} {
		got, ok := Place(ref)
		if got != want && (ok || want != "") || ok != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", ref, got, ok, want)
		}
		if ok && IsRemote(got) != strings.Contains(want, "://") {
			t.Errorf("%q: IsRemote(%q) is wrong", ref, got)
		}
	}
}

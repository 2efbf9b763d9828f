package images

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// A desk opens pictures by their number, and counts those that are open.
type desk struct {
	t          testing.TB
	wait       int // so many are to be open before one can be read; 0 is none
	mu         sync.Mutex
	open, most int
	enough     chan struct{}
}

type deskFile struct {
	io.Reader
	desk *desk
}

func (f deskFile) Close() error {
	f.desk.mu.Lock()
	defer f.desk.mu.Unlock()
	f.desk.open--
	return nil
}

func (d *desk) picture(_ context.Context, place string) (*File, error) {
	var n int
	if _, err := fmt.Sscanf(place, "%d.png", &n); err != nil {
		return nil, errors.New("there is no such picture")
	}
	data := asPNG(d.t, scene(40+n, 20))
	d.mu.Lock()
	d.open++
	if d.most = max(d.most, d.open); d.most == d.wait {
		d.wait = 0
		close(d.enough)
	}
	waits := d.wait > 0
	d.mu.Unlock()
	if waits {
		select {
		case <-d.enough:
		case <-time.After(10 * time.Second):
			d.t.Error("pictures are opened one after the other")
		}
	}
	return &File{ReadCloser: deskFile{bytes.NewReader(data), d}, Size: int64(len(data))}, nil
}

func album() *pipeline.Document {
	var text strings.Builder
	text.WriteString("---\ncover: 3.png\nimages: [7.png, none.png]\n---\n")
	for n := range 12 {
		fmt.Fprintf(&text, "<a href=%d.png><img src=%d.png alt=x></a>\n![x](%d.png)\n<img src=none%d.png alt=x>\n", n/2, n, n, n)
	}
	d := pipeline.NewDocument("a.md", "a.md", []byte(text.String()))
	d.BodyStart, d.Format = matter.BodyStart, pipeline.Markdown
	return d
}

// However many pictures are made at once, the article becomes the same, and not more are in hand than may be.
func TestPicturesAreMadeAtOnce(t *testing.T) {
	tell := func(n int) string {
		m := newMaker(t, Options{Widths: []int{20, 60}})
		m.AtOnce(n)
		pictures := &desk{t: t, enough: make(chan struct{})}
		if n > 1 {
			pictures.wait = n
		}
		d := album()
		result, err := m.Apply(t.Context(), d, pictures.picture)
		if err != nil {
			t.Fatal(err)
		}
		if pictures.most < n || pictures.most > n+1 || pictures.open != 0 { // One more may be looked at for its size.
			t.Errorf("%d pictures were in hand at once, %d are", pictures.most, pictures.open)
		}
		if err := d.Apply(result.Edits...); err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprintln(string(d.Text), result.Failed, result.Elsewhere, d.Diagnostics)
		for _, a := range d.Assets {
			told += fmt.Sprintf("%s %s %x\n", a.URL, a.Path, a.Data)
		}
		for _, o := range result.Outcomes {
			told += fmt.Sprintln(o.URL, o.At, o.Note, o.Failed, len(o.Made))
		}
		return told
	}
	one := tell(1)
	if !strings.Contains(one, "assets/") || !strings.Contains(one, "no such picture") {
		t.Fatal(one)
	}
	for _, n := range []int{2, 5} {
		if several := tell(n); several != one {
			t.Errorf("%d at once make another article:\n%s\nwant\n%s", n, several, one)
		}
	}
}

// A panic while a picture is made ahead is that of whoever asked for it, and the end of a run ends what is made ahead.
func TestTroubleAheadIsThatOfTheArticle(t *testing.T) {
	m := newMaker(t, Options{})
	func() {
		defer func() {
			if p := recover(); p != "broken" {
				t.Error("no panic:", p)
			}
		}()
		_, err := m.Apply(t.Context(), album(), func(context.Context, string) (*File, error) { panic("broken") })
		t.Error("no panic:", err)
	}()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := m.Apply(ctx, album(), func(ctx context.Context, _ string) (*File, error) {
		cancel()
		return nil, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if len(m.hands) != cap(m.hands) {
		t.Error("hands are missing")
	}
}

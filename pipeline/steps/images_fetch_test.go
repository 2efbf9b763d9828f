package steps

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// An article with very many pictures downloads as many as it may, and tells of each of the others.
func TestPicturesAboveTheLimitAreNotAskedFor(t *testing.T) {
	picture, err := os.ReadFile("../../testdata/articles/travel/img/map.png")
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Write(picture)
	}))
	defer server.Close()
	var text strings.Builder
	for n := range 500 {
		fmt.Fprintf(&text, "<img src=%s/%d.png alt=x>\n", server.URL, n%400)
	}
	step := imagesSpec.New().(*Images)
	step.Fetch, step.FetchRate, step.MaxPictures = true, 0, 40
	step.AllowHosts = []string{strings.TrimPrefix(server.URL, "http://")}
	step.UseCache(t.TempDir())
	if err := step.Prepare(); err != nil {
		t.Fatal(err)
	}
	d := document(filepath.Join(t.TempDir(), "a.html"), text.String())
	if err := step.Apply(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, f := range d.Diagnostics {
		if strings.Contains(f.Message, "more pictures of other hosts than the limit of 40") {
			refused++
		}
	}
	if err := step.Close(); err != nil || asked.Load() != 40 || refused != 420 || strings.Count(string(d.Text), "assets/7c4ef10a") < 80 {
		t.Fatal(err, asked.Load(), refused)
	}
}

func TestDownloadsAreForFetchAlone(t *testing.T) {
	for _, set := range []func(*Images){
		func(i *Images) { i.AllowHosts = []string{"localhost"} },
		func(i *Images) { i.Proxy = "http://localhost" },
		func(i *Images) { i.Fetch, i.PerHost = true, 0 },
		func(i *Images) { i.Fetch, i.Referer = true, "nowhere" },
	} {
		step := imagesSpec.New().(*Images)
		if set(step); step.Prepare() == nil {
			t.Errorf("%+v", step.Fetching)
		}
	}
	step := imagesSpec.New().(*Images)
	if err := step.Prepare(); err != nil || step.downloads != nil || step.Close() != nil {
		t.Error(err, "there is a client that nobody asked for")
	}
}

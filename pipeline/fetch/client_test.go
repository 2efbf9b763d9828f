package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// bytesOf is a picture, as far as this package is concerned.
func bytesOf(n int) []byte {
	data := []byte("\x89PNG\r\n\x1a\n")
	for i := len(data); i < n; i++ {
		data = append(data, byte(i*i>>7))
	}
	return data
}

// serve runs a server that counts and keeps the requests that it gets.
func serve(t *testing.T, handler http.HandlerFunc) (s *httptest.Server, asked func() []*http.Request) {
	t.Helper()
	var mu sync.Mutex
	var seen []*http.Request
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r)
		mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s, func() []*http.Request {
		mu.Lock()
		defer mu.Unlock()
		return append([]*http.Request(nil), seen...)
	}
}

// open makes a client that may ask the server.
func open(t *testing.T, s *httptest.Server, o Options) *Client {
	t.Helper()
	if s != nil {
		o.AllowHosts = append(o.AllowHosts, strings.TrimPrefix(s.URL, "http://"))
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// want gets a picture and compares it.
func want(t *testing.T, c *Client, address string, data []byte) {
	t.Helper()
	p, err := c.Get(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.Read(); err != nil || !bytes.Equal(got, data) {
		t.Fatalf("%d bytes, %v; want %d", len(got), err, len(data))
	}
}

// wantError gets what can't be had.
func wantError(t *testing.T, c *Client, address, text string) {
	t.Helper()
	_, err := c.Get(t.Context(), address, "")
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Error(), text) || !strings.HasPrefix(e.Error(), "fetch ") || e.URL == "" {
		t.Fatalf("got %v, want %q", err, text)
	}
}

func TestAPictureIsAskedForOnce(t *testing.T) {
	data := bytesOf(300_000)
	s, asked := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(data) })
	c := open(t, s, Options{Folder: t.TempDir(), UserAgent: "me/1"})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { want(t, c, s.URL+"/a.png", data) })
	}
	all.Wait()
	want(t, c, s.URL+"/a.png#part", data)
	if seen := asked(); len(seen) != 1 || seen[0].UserAgent() != "me/1" || seen[0].Header.Get("Cookie")+seen[0].Referer() != "" || seen[0].Header.Get("Accept-Encoding") != "" {
		t.Fatal(len(seen), seen[0].Header)
	}
}

func TestLaterRunsAskConditionally(t *testing.T) {
	data, folder := bytesOf(1000), t.TempDir()
	now := time.Now().Truncate(time.Second)
	for _, c := range []struct {
		name, header, value, condition string
	}{
		{"tag", "ETag", `W/"7"`, "If-None-Match"},
		{"date", "Last-Modified", now.UTC().Format(http.TimeFormat), "If-Modified-Since"},
	} {
		s, asked := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(c.header, c.value)
			if r.Header.Get(c.condition) == c.value {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Write(data)
		})
		for range 3 {
			want(t, open(t, s, Options{Folder: folder}), s.URL+"/"+c.name, data)
		}
		if seen := asked(); len(seen) != 3 || seen[0].Header.Get(c.condition) != "" || seen[2].Header.Get(c.condition) != c.value {
			t.Fatal(c.name, len(seen))
		}
	}
	s, asked := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=600")
		w.Write(data)
	})
	for range 3 {
		want(t, open(t, s, Options{Folder: folder}), s.URL+"/fresh", data)
	}
	if len(asked()) != 1 {
		t.Fatal("a fresh picture was asked for", len(asked()), "times")
	}
	// The same bytes under three URLs stand there once.
	objects, _ := filepath.Glob(folder + "/pictures/objects/*/*")
	partial, _ := filepath.Glob(folder + "/pictures/partial/*")
	if len(objects) != 1 || len(partial) != 0 {
		t.Fatal(objects, partial)
	}
	// What was damaged is asked for again.
	if err := os.WriteFile(objects[0], []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	want(t, open(t, s, Options{Folder: folder}), s.URL+"/fresh", data)
	if len(asked()) != 2 {
		t.Fatal("damaged bytes were taken for the picture")
	}
}

func TestFreshness(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 0, "max-age=60": time.Minute, "no-cache, max-age=60": 0, `Public, Max-Age="60"`: time.Minute, "max-age=x": 0,
		"max-age=2000000000": maxFresh, "max-age=-1": 0, "s-maxage=9": 0, "no-store": 0,
	} {
		if got := freshness(http.Header{"Cache-Control": {text}}); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	if got := freshness(http.Header{"Cache-Control": {"max-age=60"}, "Age": {"45"}}); got != 15*time.Second {
		t.Error(got)
	}
}

// breaking serves data whose first answers break off after a third of what is left.
func breaking(data []byte, tag func(request int) string, breaks int) http.HandlerFunc {
	var n atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		request := int(n.Add(1))
		w.Header().Set("ETag", tag(request))
		from := 0
		if at := r.Header.Get("Range"); at != "" && r.Header.Get("If-Range") == tag(request) {
			from, _ = strconv.Atoi(strings.Trim(at, "bytes=-"))
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(data)-1, len(data)))
		}
		rest := data[from:]
		w.Header().Set("Content-Length", strconv.Itoa(len(rest)))
		if from > 0 {
			w.WriteHeader(http.StatusPartialContent)
		}
		if request <= breaks {
			w.Write(rest[:len(rest)/3])
			panic(http.ErrAbortHandler)
		}
		w.Write(rest)
	}
}

func TestABrokenDownloadGoesOn(t *testing.T) {
	data := bytesOf(900_000)
	steady := func(int) string { return `"1"` }
	s, asked := serve(t, breaking(data, steady, 2))
	want(t, open(t, s, Options{Folder: t.TempDir(), Retries: 3}), s.URL+"/a", data)
	seen := asked()
	if len(seen) != 3 || seen[1].Header.Get("Range") == "" || seen[2].Header.Get("Range") <= seen[1].Header.Get("Range") {
		t.Fatal(len(seen), seen[1].Header, seen[len(seen)-1].Header)
	}
	// In another run, too, and from the beginning when it is another picture now.
	for name, tag := range map[string]func(int) string{"same": steady, "changed": func(n int) string { return strconv.Quote(strconv.Itoa(n)) }} {
		s, asked := serve(t, breaking(data, tag, 1))
		folder := t.TempDir()
		wantError(t, open(t, s, Options{Folder: folder}), s.URL+"/a", "the connection broke off; run again later")
		want(t, open(t, s, Options{Folder: folder}), s.URL+"/a", data)
		if seen := asked(); len(seen) != 2 || seen[1].Header.Get("If-Range") != tag(1) {
			t.Fatal(name, len(seen), seen[1].Header)
		}
	}
}

// A server that answers a part with another part, or with none, is asked for the whole.
func TestPartsThatDoNotFit(t *testing.T) {
	data := bytesOf(9000)
	for _, status := range []int{http.StatusPartialContent, http.StatusRequestedRangeNotSatisfiable} {
		broken := false
		s, asked := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			switch {
			case r.Header.Get("Range") != "":
				w.Header().Set("Content-Range", "bytes 1-5/9000")
				w.WriteHeader(status)
				w.Write(data[1:6])
			case !broken:
				broken = true
				w.Header().Set("Content-Length", "9000")
				w.Write(data[:5000])
				panic(http.ErrAbortHandler)
			default:
				w.Write(data)
			}
		})
		want(t, open(t, s, Options{Folder: t.TempDir(), Retries: 3}), s.URL+"/a", data)
		if len(asked()) != 3 {
			t.Fatal(status, len(asked()))
		}
	}
}

// What a killed process left is gone on with; what it left half written is not relied on.
func TestKilled(t *testing.T) {
	if folder := os.Getenv("FETCH_TEST_FOLDER"); folder != "" {
		c, err := New(Options{Folder: folder, AllowHosts: []string{os.Getenv("FETCH_TEST_HOST")}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Get(context.Background(), "http://"+os.Getenv("FETCH_TEST_HOST")+"/a", "")
		t.Fatal("it was not killed", err)
	}
	data, folder := bytesOf(600_000), t.TempDir()
	killed := make(chan struct{})
	s, asked := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("Range") != "" {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
			return
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		w.Write(data[:400_000])
		w.(http.Flusher).Flush()
		<-killed
	})
	child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	child.Env = append(os.Environ(), "FETCH_TEST_FOLDER="+folder, "FETCH_TEST_HOST="+strings.TrimPrefix(s.URL, "http://"))
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	part := (&store{folder: folder}).partPath(s.URL + "/a")
	for range 1000 {
		if info, err := os.Stat(part); err == nil && info.Size() > 400_000 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	child.Process.Kill()
	child.Wait()
	close(killed)
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.Write([]byte{0, 0, 1, 0, 1, 2, 3, 4, 'h', 'a', 'l', 'f'})
	f.Close()
	want(t, open(t, s, Options{Folder: folder}), s.URL+"/a", data)
	if seen := asked(); len(seen) != 2 || seen[1].Header.Get("Range") != "bytes=400000-" {
		t.Fatal(len(seen), seen[len(seen)-1].Header)
	}
}

// While one process downloads, another does so on its own.
func TestTwoClientsShareAFolder(t *testing.T) {
	data, folder := bytesOf(50_000), t.TempDir()
	var both sync.WaitGroup
	both.Add(2)
	s, asked := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		both.Done()
		both.Wait()
		w.Header().Set("ETag", `"1"`)
		w.Write(data)
	})
	one, two := open(t, s, Options{Folder: folder}), open(t, s, Options{Folder: folder})
	var all sync.WaitGroup
	all.Go(func() { want(t, one, s.URL+"/a", data) })
	all.Go(func() { want(t, two, s.URL+"/a", data) })
	all.Wait()
	left, _ := filepath.Glob(folder + "/pictures/partial/*")
	if len(asked()) != 2 || len(left) != 0 {
		t.Fatal(len(asked()), left)
	}
}

func TestRetries(t *testing.T) {
	data := bytesOf(500)
	var n atomic.Int32
	s, asked := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch code, _ := strconv.Atoi(r.URL.Path[1:]); {
		case code == 429:
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(code)
		case code == 200 && n.Add(1) > 1:
			w.Write(data)
		case code == 200:
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.WriteHeader(code)
		}
	})
	c := open(t, s, Options{Folder: t.TempDir(), Retries: 1})
	for _, test := range []struct {
		path     string
		requests int
		err      string
	}{
		{"/404", 1, "the server answered 404 Not Found; correct the reference or take it out"},
		{"/403", 1, "--referer"},
		{"/429", 1, "--fetch-rate"},
		{"/500", 2, "the server answered 500"},
		{"/302", 1, "the server answered 302"},
		{"/206", 1, "another part"},
		{"/200", 2, ""},
	} {
		before := len(asked())
		if test.err == "" {
			want(t, c, s.URL+test.path, data)
		} else {
			wantError(t, c, s.URL+test.path, test.err)
			wantError(t, c, s.URL+test.path, test.err) // It is remembered.
		}
		if got := len(asked()) - before; got != test.requests && test.path != "/206" {
			t.Errorf("%s: %d requests", test.path, got)
		}
	}
}

func TestRedirects(t *testing.T) {
	data := bytesOf(500)
	s, asked := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.URL.Path[1:])
		switch {
		case err != nil:
			http.Redirect(w, r, r.URL.RawQuery, http.StatusFound)
		case n > 0:
			w.Header().Set("Set-Cookie", "a=b")
			http.Redirect(w, r, "/"+strconv.Itoa(n-1), http.StatusFound)
		default:
			w.Write(data)
		}
	})
	c := open(t, s, Options{Folder: t.TempDir(), Referer: "site"})
	want(t, c, s.URL+"/5", data)
	for _, r := range asked() {
		if r.Header.Get("Cookie") != "" || r.Referer() != s.URL+"/" {
			t.Fatal(r.Header)
		}
	}
	wantError(t, c, s.URL+"/6", "more than 5 redirects")
	for to, text := range map[string]string{
		"http://127.0.0.1:1/":                      "port 1 of 127.0.0.1 is neither",
		"http://10.0.0.1/":                         "10.0.0.1 is not public",
		"http://[::1]/":                            "::1 is not public",
		"http://localhost/":                        "is not public",
		"http://u:p@example.com/":                  "user name",
		"file:///etc/passwd":                       "neither http nor https",
		"http://%E2%91%A0%E2%91%A1%E2%91%A6.0.0.1": "not public",
	} {
		wantError(t, c, s.URL+"/to?"+to, text)
	}
}

// A name is checked by the address that the connection is made to, whatever it resolves to before.
func TestNamesOfInnerAddresses(t *testing.T) {
	s, asked := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.URL, "http://"))
	c := open(t, nil, Options{Folder: t.TempDir()})
	d := dialer{limit: time.Second}
	for _, host := range []string{"localhost", "127.0.0.1", "::ffff:127.0.0.1", "::1"} {
		conn, err := d.dial(t.Context(), "tcp", net.JoinHostPort(host, port))
		if err == nil {
			conn.Close()
		}
		var e *Error
		if !errors.As(err, &e) || !e.final || !strings.Contains(e.Reason(), "--allow-host "+host) {
			t.Errorf("%s: %v", host, err)
		}
	}
	wantError(t, c, "http://localhost/", "is not public")
	if len(asked()) != 0 {
		t.Fatal("it was asked")
	}
}

func TestNoProxyOfTheEnvironment(t *testing.T) {
	data := bytesOf(500)
	proxied := 0
	proxy, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		proxied++
		if r.URL.Host != "example.com" {
			t.Error(r.URL)
		}
		w.Write(data)
	})
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(data) })
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	want(t, open(t, s, Options{Folder: t.TempDir()}), s.URL+"/a", data)
	if proxied != 0 {
		t.Fatal("the environment's proxy was asked")
	}
	c := open(t, nil, Options{Folder: t.TempDir(), Proxy: proxy.URL})
	want(t, c, "http://example.com/a", data)
	wantError(t, c, "http://192.168.0.1/a", "not public")
	if proxied != 1 {
		t.Fatal(proxied)
	}
}

func TestLimits(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 1<<20))
	z.Close()
	small := bytesOf(2000)
	s, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/long":
			w.Header().Set("Content-Length", "5000000")
			w.WriteHeader(http.StatusOK)
		case "/chunked":
			for range 100 {
				w.Write(small)
				w.(http.Flusher).Flush()
			}
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		case "/gzip":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(small)
			z.Close()
		case "/br":
			w.Header().Set("Content-Encoding", "br")
			w.Write(small)
		case "/empty":
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, "<!doctype html><p>Please look at our pictures at our site.")
		case "/wrong":
			w.Header().Set("Content-Type", "text/html")
			w.Write(small)
		case "/headers":
			w.Header().Set("X", strings.Repeat("x", 100<<10))
		}
	})
	c := open(t, s, Options{Folder: t.TempDir(), MaxBytes: 10_000})
	for path, text := range map[string]string{
		"/long":    "it has 5000000 bytes, more than the limit of 10000; raise it with --max-picture-size",
		"/chunked": "it has more bytes, more than the limit of 10000",
		"/bomb":    "more than the limit of 10000",
		"/br":      `compressed it as "br"`,
		"/empty":   "an empty file",
		"/page":    "a page in place of a picture; it may want another --referer",
		"/headers": "header",
	} {
		wantError(t, c, s.URL+path, text)
	}
	want(t, c, s.URL+"/gzip", small)
	want(t, c, s.URL+"/wrong", small)
}

func TestTimes(t *testing.T) {
	s, asked := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drip" {
			for r.Context().Err() == nil {
				w.Write([]byte{'x'})
				w.(http.Flusher).Flush()
				time.Sleep(5 * time.Millisecond)
			}
		}
		<-r.Context().Done()
	})
	c := open(t, s, Options{Folder: t.TempDir(), AnswerTime: 50 * time.Millisecond})
	wantError(t, c, s.URL+"/mute", "did not answer within 50ms")
	c = open(t, s, Options{Folder: t.TempDir(), Time: 300 * time.Millisecond})
	wantError(t, c, s.URL+"/drip", "took longer than 300ms; give it more with --fetch-timeout")
	if n := len(asked()); n > 2 {
		t.Fatal(n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := c.Get(ctx, s.URL+"/other", ""); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// Whoever waits for a turn loses no time of its own.
func TestTurnsAtAHost(t *testing.T) {
	data := bytesOf(50)
	var now, most atomic.Int32
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(100 * time.Millisecond)
		now.Add(-1)
		w.Write(data)
	})
	c := open(t, s, Options{Folder: t.TempDir(), Time: 600 * time.Millisecond})
	var all sync.WaitGroup
	for i := range 14 {
		all.Go(func() { want(t, c, fmt.Sprintf("%s/%d", s.URL, i), data) })
	}
	all.Wait()
	if most.Load() != 2 {
		t.Fatal(most.Load(), "requests at once")
	}
	c = open(t, s, Options{Folder: t.TempDir(), PerHost: 9, Rate: 20})
	start := time.Now()
	for i := range 4 {
		all.Go(func() { want(t, c, fmt.Sprintf("%s/%d", s.URL, i), data) })
	}
	all.Wait()
	if took := time.Since(start); took < 150*time.Millisecond {
		t.Fatal("4 requests in", took, "at 20 a second")
	}
}

// Who does not answer is not asked for ever, and nobody else waits for it.
func TestDeadHosts(t *testing.T) {
	data := bytesOf(50)
	mute, asked := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(data) })
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.URL, "http://"))
	c := open(t, mute, Options{Folder: t.TempDir(), AnswerTime: 400 * time.Millisecond, AllowHosts: []string{"localhost:" + port}})
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			if _, err := c.Get(t.Context(), fmt.Sprintf("%s/%d", mute.URL, i), ""); err == nil {
				t.Error("a mute host gave something")
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	start := time.Now()
	want(t, c, "http://localhost:"+port+"/a", data)
	if took := time.Since(start); took > time.Second {
		t.Errorf("another host was asked %v later", took)
	}
	all.Wait()
	wantError(t, c, mute.URL+"/more", "127.0.0.1 did not answer 8 times in a row, and is not asked again in this run; run again later")
	if n := len(asked()); n < maxSilent || n > maxSilent+2 {
		t.Error("it was asked", n, "times")
	}
}

func TestHostsAreForgotten(t *testing.T) {
	p := newPace(1, 0)
	for i := range 3 * maxLanes {
		leave, err := p.enter(t.Context(), strconv.Itoa(i))
		if err != nil {
			t.Fatal(err)
		}
		leave()
		leave()
	}
	if len(p.lanes) > maxLanes {
		t.Fatal(len(p.lanes))
	}
}

func TestReferers(t *testing.T) {
	u, _ := url.Parse("http://img.example.com/a.png")
	for _, c := range []struct{ option, page, want string }{
		{"none", "http://example.com/post", ""},
		{"page", "http://user@example.com/post?x#y", "http://example.com/post?x"},
		{"page", "https://example.com/post", ""},
		{"page", "", ""},
		{"page", "/post", ""},
		{"site", "", "http://img.example.com/"},
		{"https://other.example/", "", "https://other.example/"},
	} {
		if got := (&Client{options: Options{Referer: c.option}}).referer(u, c.page); got != c.want {
			t.Errorf("%s of %s: %q", c.option, c.page, got)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{{Referer: "pages"}, {Referer: "ftp://x/"}, {UserAgent: "a\nb"}, {PerHost: -1}, {Rate: -1}, {Retries: -1},
		{Proxy: "localhost:3128"}, {Proxy: "ftp://x"}, {AllowHosts: []string{"http://x"}}, {Time: -1}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v", o)
		}
	}
	for _, o := range []Options{{}, {Referer: "site"}, {Proxy: "socks5://localhost"}, {Proxy: "http://[::1]:3128"}} {
		if _, err := New(o); err != nil {
			t.Error(err)
		}
	}
}

func TestFoldersThatAreNotWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wantError(t, open(t, nil, Options{Folder: file}), "http://example.com/a", "not a directory; name another folder with --cache-dir, or use --no-cache")
}

func TestOldPartsGo(t *testing.T) {
	s := &store{folder: t.TempDir()}
	for name, age := range map[string]time.Duration{"new": time.Hour, "old": 2 * maxWait} {
		path := s.partPath(name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Now(), time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Dir(s.partPath("")) + "/*")
	if len(left) != 1 || left[0] != s.partPath("new") {
		t.Fatal(left)
	}
}

// Without a folder, what was downloaded is there until the run is over.
func TestNoFolder(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	data := bytesOf(100)
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(data) })
	c := open(t, s, Options{})
	want(t, c, s.URL+"/a", data)
	folder := c.store.folder
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) || !strings.HasPrefix(folder, os.TempDir()) {
		t.Fatal(folder, err)
	}
}

// What no run has used for long goes, once a day; what is used stays, and so does what two addresses share.
func TestOldDownloadsGo(t *testing.T) {
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=1000")
		n := 1000
		if r.URL.Path == "/other" {
			n = 2000
		}
		w.Write(bytesOf(n))
	})
	folder := t.TempDir()
	run := func(paths ...string) {
		c := open(t, server, Options{Folder: folder})
		for _, path := range paths {
			if _, err := c.Get(t.Context(), server.URL+path, ""); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	kept := func(part string) int {
		found, _ := filepath.Glob(filepath.Join(folder, "pictures", part, "*", "*"))
		return len(found)
	}
	age := func(d time.Duration) {
		for _, part := range []string{"objects/*/*", "urls/*/*", "pruned"} {
			found, _ := filepath.Glob(filepath.Join(folder, "pictures", part))
			for _, path := range found {
				if err := os.Chtimes(path, time.Now().Add(-d), time.Now().Add(-d)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	run("/one", "/same", "/other")
	age(keepFor - time.Hour)
	run("/one")
	if kept("objects") != 2 || kept("urls") != 3 {
		t.Fatalf("%d pictures of %d addresses are kept before their time is over", kept("objects"), kept("urls"))
	}
	age(keepFor + time.Hour)
	if err := os.Chtimes(filepath.Join(folder, "pictures", pruned), time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	run("/one")
	if kept("urls") != 3 {
		t.Fatal("it was looked at twice a day")
	}
	age(keepFor + time.Hour)
	run("/one")
	if kept("objects") != 1 || kept("urls") != 1 {
		t.Errorf("%d pictures of %d addresses are kept", kept("objects"), kept("urls"))
	}
	if found, _ := filepath.Glob(filepath.Join(folder, "pictures", "urls", "*")); len(found) != 1 {
		t.Error("empty folders stay", found)
	}
}

package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// A Client downloads pictures. It is shared by all workers.
type Client struct {
	options Options
	http    *http.Client
	store   *store
	queues  *pace         // of downloads, by the host that is asked first: those that wait hold nothing
	hands   chan struct{} // one for each download that may run at once
	mu      sync.Mutex
	known   map[string]*flight
}

// flight is what is known of a URL in this run: done is closed when it is.
type flight struct {
	done    chan struct{}
	picture *Picture
	err     error
}

// A Picture is a file that has been downloaded.
type Picture struct {
	entry entry
	store *store
}

// Read gives the bytes of a picture, which are those that were downloaded.
func (p *Picture) Read() ([]byte, error) { return p.store.read(p.entry) }

const (
	maxHands = 16  // downloads at once
	maxKnown = 1e5 // URLs of which a run remembers what became of them
)

// New returns a client. The error names the option that is wrong.
func New(o Options) (*Client, error) {
	proxy, err := o.complete()
	if err != nil {
		return nil, err
	}
	p, err := readPolicy(o.AllowHosts)
	if err != nil {
		return nil, err
	}
	c := &Client{options: o, store: &store{folder: o.Folder}, queues: newPace(o.PerHost, 0), hands: make(chan struct{}, maxHands), known: map[string]*flight{}}
	c.http = &http.Client{Transport: newTransport(o, p, proxy), CheckRedirect: c.redirected}
	return c, nil
}

// Close gives back what the client holds. Where there is no folder for later runs, the pictures are gone.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return c.store.close()
}

// Get downloads a picture, or finds it downloaded. page is the URL of the article that shows it; it is told
// to the server where Options.Referer is "page" (with "site", the root of the picture's own host is). The
// error is an *Error.
func (c *Client) Get(ctx context.Context, address, page string) (picture *Picture, err error) {
	u, err := Parse(address)
	if err != nil {
		return nil, explain(address, err)
	}
	key := u.String()
	f, mine := c.flight(key)
	if !mine {
		select {
		case <-f.done:
		case <-ctx.Done():
			return nil, explain(key, context.Cause(ctx))
		}
		return f.picture, f.err
	}
	defer close(f.done)
	defer func() {
		if p := recover(); p != nil { // Whoever calls may do so in a goroutine of its own.
			err = explain(key, refuse(fmt.Errorf("internal fault: %v", p), "please report it"))
			f.err = err
		}
	}()
	e, err := c.queue(ctx, u, page)
	if err != nil {
		f.err = explain(key, err)
		return nil, f.err
	}
	f.picture, f.err = &Picture{e, c.store}, nil
	return f.picture, nil
}

// queue waits until a download may begin.
func (c *Client) queue(ctx context.Context, u *url.URL, page string) (entry, error) {
	leave, err := c.queues.enter(ctx, strings.ToLower(u.Hostname()))
	if err != nil {
		return entry{}, err
	}
	defer leave()
	select {
	case c.hands <- struct{}{}:
		defer func() { <-c.hands }()
	case <-ctx.Done():
		return entry{}, context.Cause(ctx)
	}
	return c.obtain(ctx, u, page)
}

// flight finds what is known of a URL, or says that it is the caller's to find out.
func (c *Client) flight(key string) (f *flight, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f, ok := c.known[key]; ok {
		return f, false
	}
	if len(c.known) >= maxKnown {
		clear(c.known) // The folder knows them still, failures apart.
	}
	f = &flight{done: make(chan struct{})}
	c.known[key] = f
	return f, true
}

// obtain takes a picture from the store when it is fresh there, and else asks for it.
func (c *Client) obtain(ctx context.Context, u *url.URL, page string) (entry, error) {
	if err := c.store.open(); err != nil {
		return entry{}, err
	}
	t := &transfer{client: c, url: u, referer: c.referer(u, page)}
	t.have, t.held = c.store.find(u.String())
	if t.held && t.have.isFresh() {
		return t.have, nil
	}
	return t.run(ctx)
}

// referer is what a request for a picture tells of where it was found.
func (c *Client) referer(u *url.URL, page string) string {
	switch c.options.Referer {
	case refererNone:
		return ""
	case refererSite:
		return u.Scheme + "://" + u.Host + "/"
	case refererPage:
		from, err := url.Parse(page)
		if err != nil || from.Host == "" || from.Scheme == "https" && u.Scheme == "http" {
			return "" // As browsers do.
		}
		from.User, from.Fragment = nil, ""
		return from.String()
	}
	return c.options.Referer
}

// redirected is asked before each redirect is followed.
func (c *Client) redirected(req *http.Request, via []*http.Request) error {
	if len(via) > c.options.Redirects {
		return refuse(fmt.Errorf("there are more than %d redirects", c.options.Redirects), "raise the limit with --max-redirects")
	}
	if was := via[0].Header.Get("Referer"); was != "" {
		req.Header.Set("Referer", was)
	} else {
		req.Header.Del("Referer")
	}
	return nil
}

// Parse reads the address of a picture as browsers do: without the blanks around it and the tabs and line
// breaks in it, backslashes read as slashes, blanks and stray percent signs encoded. It has no fragment.
func Parse(address string) (*url.URL, error) {
	text := strings.Trim(address, " \t\r\n\f")
	text = strings.NewReplacer("\t", "", "\r", "", "\n", "", " ", "%20").Replace(text)
	text, _, _ = strings.Cut(text, "#")
	path, query, asks := strings.Cut(text, "?")
	text = encodeStray(strings.ReplaceAll(path, `\`, "/"))
	if asks {
		text += "?" + encodeStray(query)
	}
	u, err := url.Parse(text)
	if err != nil {
		var broken *url.Error
		if errors.As(err, &broken) {
			err = broken.Err
		}
		return nil, refuse(fmt.Errorf("it is no URL: %w", err), "correct the reference")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	return u, nil
}

// encodeStray encodes percent signs that encode nothing.
func encodeStray(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var out strings.Builder
	for i := range len(text) {
		out.WriteByte(text[i])
		if text[i] == '%' && (i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2])) {
			out.WriteString("25")
		}
	}
	return out.String()
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

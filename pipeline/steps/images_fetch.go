package steps

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"
	"sync"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/fetch"
	"copydesk/pipeline/images"
)

// Fetching says which pictures of other hosts are downloaded, and how.
type Fetching struct {
	Fetch        bool          `option:"fetch" flag:"only" help:"download pictures of other hosts, and make them as local ones"`
	AllowHosts   []string      `option:"allow-host" flag:"only" help:"HOST or HOST:PORT that --fetch may ask at a private address, or at that port"`
	Proxy        string        `option:"proxy" flag:"only" help:"the URL of a proxy for --fetch; that of the environment is not used"`
	Referer      string        `option:"referer" help:"what --fetch tells servers of where it comes from: none, page (the article's URL), site (the picture's own) or a URL"`
	UserAgent    string        `option:"user-agent" help:"what --fetch calls itself"`
	FetchRate    float64       `option:"fetch-rate" help:"requests that --fetch makes to one host in a second; 0 is no limit"`
	PerHost      int           `option:"fetch-per-host" help:"requests that --fetch makes to one host at once"`
	FetchRetries int           `option:"fetch-retries" help:"how often --fetch tries again"`
	FetchTime    time.Duration `option:"fetch-timeout" help:"how long --fetch may take for one picture"`
	Redirects    int           `option:"max-redirects" help:"redirects that --fetch follows for one picture"`
	MaxPictures  int           `option:"max-pictures" help:"pictures that --fetch downloads for one article"`

	downloads *fetch.Client
	cache     string
}

func defaultFetching() Fetching {
	return Fetching{Referer: "none", UserAgent: "Mozilla/5.0 (compatible; copydesk)", FetchRate: 10, PerHost: 2, FetchRetries: 3,
		FetchTime: 30 * time.Second, Redirects: 5, MaxPictures: 200}
}

// UseCache names the folder where downloads are kept for later runs; without one they are kept for this run.
func (f *Fetching) UseCache(folder string) { f.cache = folder }

// prepare makes the client, where there is something to download.
func (f *Fetching) prepare(maxBytes int64) (err error) {
	if !f.Fetch {
		if len(f.AllowHosts) > 0 || f.Proxy != "" {
			return errors.New("options allow-host and proxy are for fetch, which is not asked for")
		}
		return nil
	}
	if f.PerHost < 1 || f.MaxPictures < 1 || f.FetchTime <= 0 {
		return errors.New("options fetch-per-host, fetch-timeout and max-pictures count from 1")
	}
	f.downloads, err = fetch.New(fetch.Options{Folder: f.cache, AllowHosts: f.AllowHosts, Proxy: f.Proxy, UserAgent: f.UserAgent,
		Referer: f.Referer, PerHost: f.PerHost, Rate: f.FetchRate, Retries: f.FetchRetries, Redirects: f.Redirects,
		Time: f.FetchTime, MaxBytes: maxBytes})
	return err
}

// Close gives back what downloads hold.
func (f *Fetching) Close() error {
	if f.downloads == nil {
		return nil
	}
	return f.downloads.Close()
}

// reach is where the pictures of one article can be had.
type reach struct {
	local images.Opener
	page  string // URL of the article, where that is known: what is not here may be there
	fetch *Fetching
	got   map[string]download // by address
}

// download is what came of one address.
type download struct {
	picture *fetch.Picture
	err     error
}

// reach downloads what the maker is going to ask for, several pictures at once, and gives what opens them.
func (i *Images) reach(ctx context.Context, d *pipeline.Document, local images.Opener) (*reach, error) {
	r := &reach{local: local, fetch: &i.Fetching, got: map[string]download{}}
	if !i.Fetch {
		return r, nil
	}
	if page, err := fetch.Parse(article.Of(d).URL); err == nil && page.Host != "" {
		r.page = page.String()
	}
	wanted, err := i.wanted(ctx, d, r)
	if err != nil || len(wanted) == 0 {
		return r, err
	}
	defer pipeline.StopClock(ctx)()
	results := make([]download, len(wanted))
	var all sync.WaitGroup
	for n, address := range wanted {
		if n >= i.MaxPictures {
			results[n].err = fmt.Errorf("the article names more pictures of other hosts than the limit of %d; raise it with --max-pictures", i.MaxPictures)
			continue
		}
		all.Go(func() { results[n].picture, results[n].err = i.downloads.Get(ctx, address, r.page) })
	}
	all.Wait()
	for n, address := range wanted {
		r.got[address] = results[n]
	}
	return r, ctx.Err()
}

// wanted gives the addresses that the maker asks for, in the order of the article: it works on a copy of
// the article, and finds no picture there.
func (i *Images) wanted(ctx context.Context, d *pipeline.Document, r *reach) (addresses []string, err error) {
	probe := pipeline.NewDocument(d.Path, d.Name, d.Text)
	probe.Format, probe.BodyStart = d.BodyFormat(), d.BodyStart
	seen := map[string]bool{}
	err = i.maker.Probe(ctx, probe, func(ctx context.Context, place string) (*images.File, error) {
		if address := r.address(ctx, place); address != "" && !seen[address] {
			seen[address] = true
			addresses = append(addresses, address)
		}
		return nil, images.ErrElsewhere
	})
	return addresses, err
}

// address is where a picture is downloaded from; empty for one that lies here.
func (r *reach) address(ctx context.Context, place string) string {
	f, err := r.local(ctx, place)
	if err == nil {
		_ = f.Close() // It was only looked at.
	}
	return r.elsewhere(place, err)
}

// elsewhere is the address of a picture that could not be opened here for a reason; empty for one that has none.
func (r *reach) elsewhere(place string, err error) string {
	switch {
	case errors.Is(err, images.ErrElsewhere):
		return place
	case r.page != "" && isMissing(err):
		return besides(r.page, place)
	}
	return ""
}

// isMissing tells whether a picture that is not here may lie beside the page.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errOutside) }

// besides is the address of what lies at a path as seen from a page; empty when there is none.
func besides(page, place string) string {
	base, err := fetch.Parse(page)
	if err != nil {
		return ""
	}
	return base.ResolveReference(&url.URL{Path: strings.ReplaceAll(place, "\x00", "")}).String()
}

// open is an images.Opener. What lies here comes before what lies elsewhere.
func (r *reach) open(ctx context.Context, place string) (*images.File, error) {
	f, err := r.local(ctx, place)
	if err == nil || !r.fetch.Fetch {
		return f, err
	}
	address := r.elsewhere(place, err)
	if address == "" {
		return nil, err
	}
	f, failed := r.downloaded(address)
	if failed != nil && address != place {
		return nil, fmt.Errorf("%w; nor at %s: %w", err, address, failed)
	}
	return f, failed
}

// downloaded opens what was downloaded from an address.
func (r *reach) downloaded(address string) (*images.File, error) {
	got := r.got[address]
	var failed *fetch.Error
	switch {
	case errors.As(got.err, &failed):
		return nil, errors.New(failed.Reason())
	case got.err != nil:
		return nil, got.err
	case got.picture == nil:
		return nil, fs.ErrNotExist
	}
	data, err := got.picture.Read()
	if err != nil {
		return nil, err
	}
	return &images.File{ReadCloser: io.NopCloser(bytes.NewReader(data)), Size: int64(len(data))}, nil
}

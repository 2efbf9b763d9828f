package fetch

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Options says how pictures are downloaded. A zero field means its default, where it has one.
type Options struct {
	Folder     string        // where downloads are kept for later runs; empty: for this run alone
	AllowHosts []string      // HOST or HOST:PORT, which may have any address, and that port; others must be public
	Proxy      string        // a URL; empty: none, whatever the environment says
	UserAgent  string        // default "copydesk"
	Referer    string        // "none" (default), "page", "site", or a URL: see Client.Get
	PerHost    int           // requests to one host at once, default 2
	Rate       float64       // requests to one host a second; 0: as many as there are answers
	Retries    int           // of a request that did not succeed; 0: none
	Redirects  int           // that are followed, default 5
	AnswerTime time.Duration // until the headers of an answer have come, default 10 s
	Time       time.Duration // of one download, redirects and retries included, default 30 s
	MaxBytes   int64         // of one picture, after decompression, default 32 MiB
}

// What Options.Referer may be besides a URL.
const (
	refererNone = "none"
	refererPage = "page"
	refererSite = "site"
)

// complete puts defaults in, and checks what a user may have got wrong.
func (o *Options) complete() (proxy *url.URL, err error) {
	if o.UserAgent == "" {
		o.UserAgent = "copydesk"
	}
	if o.Referer == "" {
		o.Referer = refererNone
	}
	if o.PerHost == 0 {
		o.PerHost = 2
	}
	if o.Redirects == 0 {
		o.Redirects = 5
	}
	if o.AnswerTime == 0 {
		o.AnswerTime = 10 * time.Second
	}
	if o.Time == 0 {
		o.Time = 30 * time.Second
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 32 << 20
	}
	switch o.Referer {
	case refererNone, refererPage, refererSite:
	default:
		if u, err := url.Parse(o.Referer); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("option referer: %q is none of none, page, site, and no http or https URL", o.Referer)
		}
	}
	for _, c := range o.UserAgent + o.Referer {
		if c < ' ' || c > '~' {
			return nil, fmt.Errorf("options user-agent, referer: %q can't stand in a header", string(c))
		}
	}
	if o.PerHost < 1 || o.Rate < 0 || o.Retries < 0 || o.Redirects < 0 || o.AnswerTime < 0 || o.Time < 0 || o.MaxBytes < 0 {
		return nil, fmt.Errorf("a limit of downloads can't be negative")
	}
	if o.Proxy == "" {
		return nil, nil
	}
	proxy, err = url.Parse(o.Proxy)
	if err != nil || proxy.Hostname() == "" || proxy.Scheme != "http" && proxy.Scheme != "https" && proxy.Scheme != "socks5" {
		return nil, fmt.Errorf("option proxy: %q is no URL of a proxy, such as http://localhost:3128 or socks5://localhost:1080", o.Proxy)
	}
	return proxy, nil
}

// DefaultFolder is where downloads are kept when nobody names a folder: copydesk in the user's folder of
// caches ($XDG_CACHE_HOME or ~/.cache on Linux).
func DefaultFolder() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of caches: %w; name one with --cache-dir, or use --no-cache", err)
	}
	return filepath.Join(dir, "copydesk"), nil
}

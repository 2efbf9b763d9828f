package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// transport makes one request at a time of a download: the first, those of redirects, and those again.
type transport struct {
	next    *http.Transport
	policy  policy
	pace    *pace
	answers time.Duration // until the headers have come
}

// newTransport has no proxy but the one given, follows no environment, and asks for no compression, so that
// a download can go on where it broke off.
func newTransport(o Options, p policy, proxy *url.URL) *transport {
	d := dialer{policy: p, limit: o.AnswerTime}
	t := &http.Transport{
		TLSHandshakeTimeout: o.AnswerTime, MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns: 64, MaxIdleConnsPerHost: o.PerHost, IdleConnTimeout: 30 * time.Second,
		DisableCompression: true,
	}
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
		d.proxy = net.JoinHostPort(proxy.Hostname(), proxyPort(proxy))
	}
	t.DialContext = d.dial
	return &transport{t, p, newPace(o.PerHost, o.Rate), o.AnswerTime}
}

func proxyPort(u *url.URL) string {
	if u.Port() == "" && u.Scheme == "socks5" {
		return "1080"
	}
	return portOf(u)
}

// RoundTrip checks the URL, waits for a turn at its host, and gives an answer whose headers came in time.
// The turn lasts until the body is closed.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.policy.check(req.URL); err != nil {
		return nil, err
	}
	w, _ := req.Context().Value(watchKey{}).(*watch)
	resume := w.pause()
	host := strings.ToLower(req.URL.Hostname())
	leave, err := t.pace.enter(req.Context(), host)
	resume()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	timer := time.AfterFunc(t.answers, func() {
		cancel(&Error{Err: fmt.Errorf("the host did not answer within %v", t.answers), Remedy: "run again later"})
	})
	resp, err := t.next.RoundTrip(req.WithContext(ctx))
	end := func() { leave(); cancel(nil) }
	if !timer.Stop() {
		if err == nil {
			_ = resp.Body.Close() // It came too late.
		}
		err = context.Cause(ctx)
	}
	if req.Context().Err() == nil && !isFinal(err) {
		t.pace.heard(host, err == nil)
	}
	if err != nil {
		end()
		return nil, err
	}
	resp.Request = req
	resp.Body = &body{resp.Body, end}
	return resp, nil
}

// body is the body of an answer, which holds a turn.
type body struct {
	io.ReadCloser
	leave func()
}

func (b *body) Close() error {
	err := b.ReadCloser.Close()
	b.leave()
	return err
}

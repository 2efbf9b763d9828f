package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// transfer is one download: a request, and the same again where that may help.
type transfer struct {
	client  *Client
	url     *url.URL
	referer string
	have    entry // what the store has of it
	held    bool  // it has something
	part    *part
	result  entry
}

// The time between two attempts, which doubles from the one to the other.
const (
	leastWait = 500 * time.Millisecond
	mostWait  = 8 * time.Second
)

// run downloads, and gives the entry that the store has then.
func (t *transfer) run(ctx context.Context) (result entry, err error) {
	o := &t.client.options
	ctx, _, end := startWatch(ctx, o.Time, &Error{Err: fmt.Errorf("the download took longer than %v", o.Time),
		Remedy: "give it more with --fetch-timeout; what came is kept, and the next run goes on from there"})
	defer end()
	t.part, err = openPart(t.client.store.partPath(t.url.String()), t.url.String())
	if err != nil {
		return entry{}, err
	}
	done := false
	defer func() { err = errors.Join(err, t.part.close(done)) }()
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, t.url.String(), nil)
	if err != nil {
		return entry{}, err
	}
	req.Header.Set("User-Agent", o.UserAgent)
	req.Header.Set("Accept", "image/webp,image/png,image/jpeg,image/gif,image/svg+xml,image/*;q=0.8,*/*;q=0.5")
	if t.referer != "" {
		req.Header.Set("Referer", t.referer)
	}
	_ = t.prepare(req.Request)
	req.SetResponseHandler(t.take)
	again := retryablehttp.Client{HTTPClient: t.client.http, RetryMax: o.Retries, RetryWaitMin: leastWait, RetryWaitMax: mostWait,
		CheckRetry: t.worthRetrying, Backoff: retryablehttp.DefaultBackoff, PrepareRetry: t.prepare, ErrorHandler: retryablehttp.PassthroughErrorHandler}
	resp, err := again.Do(req)
	if resp != nil {
		defer resp.Body.Close()
	}
	switch {
	case ctx.Err() != nil:
		return entry{}, context.Cause(ctx)
	case err != nil:
		return entry{}, err
	case t.result.URL == "":
		return entry{}, statusError(resp)
	}
	done = true
	return t.result, nil
}

// prepare sets the headers that depend on what is there already.
func (t *transfer) prepare(req *http.Request) error {
	header := req.Header.Clone()
	for _, name := range []string{"Range", "If-Range", "If-None-Match", "If-Modified-Since"} {
		header.Del(name)
	}
	if t.held && t.have.ETag != "" {
		header.Set("If-None-Match", t.have.ETag)
	}
	if t.held && t.have.Modified != "" {
		header.Set("If-Modified-Since", t.have.Modified)
	}
	if t.part.size > 0 && t.part.begin.Validator != "" {
		header.Set("Range", fmt.Sprintf("bytes=%d-", t.part.size))
		header.Set("If-Range", t.part.begin.Validator)
	}
	req.Header = header
	return nil
}

// worthRetrying tells whether the same request may get another answer.
func (t *transfer) worthRetrying(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil || isFinal(err) {
		return false, err
	}
	if resp != nil && err == nil {
		if at, wait := resp.Header.Get("Retry-After"), t.client.options.Time; at != "" && resp.StatusCode >= 400 {
			if seconds, err := strconv.Atoi(at); err != nil || time.Duration(seconds)*time.Second > wait {
				return false, nil // It would take longer than a download may.
			}
		}
		if resp.StatusCode == http.StatusRequestTimeout {
			return true, nil
		}
	}
	again, _ := retryablehttp.DefaultRetryPolicy(ctx, resp, err)
	if !again {
		return false, err
	}
	return true, nil
}

// take takes an answer that is not worth asking for again. Its error says whether it is, after all.
func (t *transfer) take(resp *http.Response) error {
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && t.held:
		t.result = t.have
		t.result.takeHeaders(resp.Header)
		return t.client.store.note(t.result)
	case resp.StatusCode == http.StatusOK:
		if err := t.part.reset(beginning{URL: t.url.String(), Validator: validator(resp.Header)}); err != nil {
			return refuse(err, "")
		}
	case resp.StatusCode == http.StatusPartialContent:
		if !t.goesOn(resp.Header.Get("Content-Range")) {
			return errors.Join(errors.New("the server sent another part than was asked for"), t.part.reset(beginning{URL: t.url.String()}))
		}
	case resp.StatusCode == http.StatusRequestedRangeNotSatisfiable && t.part.size > 0:
		return errors.Join(errors.New("the server no longer has the rest of it"), t.part.reset(beginning{URL: t.url.String()}))
	default:
		return statusError(resp)
	}
	if err := t.receive(resp); err != nil {
		return err
	}
	return t.finish(resp)
}

// validator is what a server can tell by whether a picture is still the same, byte for byte.
func validator(h http.Header) string {
	if encoding := h.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return ""
	}
	if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
		return tag
	}
	return h.Get("Last-Modified")
}

// goesOn tells whether a part begins where the last one ended.
func (t *transfer) goesOn(contentRange string) bool {
	rest, ok := strings.CutPrefix(contentRange, "bytes ")
	first, _, dash := strings.Cut(rest, "-")
	from, err := strconv.ParseInt(first, 10, 64)
	return ok && dash && err == nil && from == t.part.size
}

// receive takes the bytes of an answer, within the limit.
func (t *transfer) receive(resp *http.Response) error {
	limit := t.client.options.MaxBytes
	tooLarge := func(size string) error {
		return errors.Join(refuse(fmt.Errorf("it has %s, more than the limit of %d", size, limit), "raise it with --max-picture-size"),
			t.part.reset(beginning{URL: t.url.String()}))
	}
	if n := resp.ContentLength; n > 0 && n+t.part.size > limit {
		return tooLarge(fmt.Sprintf("%d bytes", n+t.part.size))
	}
	var in io.Reader = resp.Body
	switch encoding := strings.ToLower(resp.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return refuse(fmt.Errorf("its compression can't be read: %w", err), "")
		}
		in = unpacked
	default:
		return refuse(fmt.Errorf("the server compressed it as %q, which was not asked for", encoding), "")
	}
	if _, err := io.Copy(t.part, io.LimitReader(in, limit+1-t.part.size)); err != nil {
		return err
	}
	if t.part.size > limit {
		return tooLarge("more bytes")
	}
	return nil
}

// finish puts what has come into the store, unless it is plain that it is no picture.
func (t *transfer) finish(resp *http.Response) error {
	var head beginningOf
	if err := t.part.copyTo(&head); err != nil {
		return err
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	var wrong error
	switch {
	case len(head) == 0:
		wrong = refuse(errors.New("the server sent an empty file"), "correct the reference")
	case kind == "text/html" && !strings.HasPrefix(http.DetectContentType(head), "image/"):
		wrong = refuse(errors.New("the server sent a page in place of a picture"), "it may want another --referer (page, site or a URL) or --user-agent")
	}
	if wrong != nil {
		return errors.Join(wrong, t.part.reset(beginning{URL: t.url.String()}))
	}
	e := entry{URL: t.url.String()}
	e.takeHeaders(resp.Header)
	e, err := t.client.store.keep(e, t.part)
	if err != nil {
		return refuse(err, "")
	}
	t.result = e
	return nil
}

// beginningOf keeps the first bytes that are written to it, as many as kinds of files are told by.
type beginningOf []byte

func (b *beginningOf) Write(data []byte) (int, error) {
	const enough = 512
	*b = append(*b, data[:min(len(data), enough-len(*b))]...)
	return len(data), nil
}

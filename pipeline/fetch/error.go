package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
)

// An Error says what came of a picture that could not be downloaded.
type Error struct {
	URL    string // that was asked for first
	Err    error  // the cause
	Remedy string // what can be done about it; may be empty
	final  bool   // asking again gives the same
}

func (e *Error) Error() string { return "fetch " + e.URL + ": " + e.Reason() }

// Reason is the cause and the remedy, without the URL.
func (e *Error) Reason() string {
	if e.Remedy == "" {
		return e.Err.Error()
	}
	return e.Err.Error() + "; " + e.Remedy
}

func (e *Error) Unwrap() error { return e.Err }

// refuse is the error of a download that would end in the same way however often it is tried.
func refuse(cause error, remedy string) *Error {
	return &Error{Err: cause, Remedy: remedy, final: true}
}

// isFinal tells whether a download must not be tried again.
func isFinal(err error) bool {
	var e *Error
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	return errors.As(err, &e) && e.final || errors.As(err, &dns) && dns.IsNotFound || errors.As(err, &cert)
}

// explain turns what the network gives into an Error about a URL.
func explain(asked string, err error) *Error {
	var mine *Error
	if errors.As(err, &mine) {
		told := *mine
		told.URL = asked
		return &told
	}
	e := &Error{URL: asked, Err: err, Remedy: "run again later; what was fetched is kept"}
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var broken *url.Error
	switch {
	case errors.Is(err, context.Canceled):
		e.Remedy = ""
	case errors.As(err, &dns) && dns.IsNotFound:
		e.Err, e.Remedy = errors.New("there is no host "+dns.Name), "correct the reference"
	case errors.As(err, &dns):
		e.Err = errors.New("the host's address could not be looked up: " + dns.Err)
	case errors.As(err, &cert):
		e.Err, e.Remedy = errors.New("the host's certificate is not valid: "+cert.Err.Error()), "correct the reference"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e.Err = errors.New("the connection broke off")
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Err = errors.New("the host refuses the connection")
	case errors.Is(err, os.ErrDeadlineExceeded):
		e.Err = errors.New("the host does not answer")
	case errors.As(err, &broken):
		e.Err = broken.Err
	}
	return e
}

// statusError is what an answer other than a picture means.
func statusError(resp *http.Response) error {
	// Not the words that the server has for it.
	cause := errors.New(strings.TrimSpace(fmt.Sprintf("the server answered %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))))
	if from := resp.Request; from != nil && from.Response != nil {
		cause = fmt.Errorf("%w after a redirect to %s", cause, from.URL.Redacted())
	}
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return refuse(cause, "it may want another --referer (page, site or a URL) or --user-agent")
	case http.StatusNotFound, http.StatusGone:
		return refuse(cause, "correct the reference or take it out")
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return refuse(cause, "run again later, or more slowly with --fetch-rate; what was fetched is kept")
	}
	return refuse(cause, "run again later; what was fetched is kept")
}

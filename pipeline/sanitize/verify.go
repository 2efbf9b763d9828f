package sanitize

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// verify runs a cleaned body through bluemonday, whole, and returns an error unless it comes out as it
// is, token by token, and nests as it is written. This is what the promise of the package rests on.
func (p *Policy) verify(body []byte) error {
	v := &verifier{p: p, z: html.NewTokenizer(bytes.NewReader(body)), nest: newNesting()}
	v.nest.insert = func(tag string) { v.fault("misses " + tag) }
	v.nest.after = v.nest.insert
	v.nest.dropped = func(what, why string) { v.fault("holds " + what + ": " + why) }
	if err := p.engine.SanitizeReaderToWriter(bytes.NewReader(body), v); err != nil {
		return err
	}
	if v.err != nil {
		return v.err
	}
	if v.z.Next() != html.ErrorToken || len(v.z.Raw()) > 0 {
		return errors.New("bluemonday drops what comes last")
	}
	if len(v.nest.stack) > 0 {
		return fmt.Errorf("element %s is not closed", v.nest.top().name)
	}
	if bytes.HasSuffix(body, []byte("<")) || bytes.HasSuffix(body, []byte("</")) {
		return errors.New("it ends inside a tag")
	}
	return nil
}

// A verifier is a Writer that compares what bluemonday writes with the tokens of the body.
type verifier struct {
	p    *Policy
	z    *html.Tokenizer
	nest *nesting
	err  error
}

func (v *verifier) fault(what string) {
	if v.err == nil {
		v.err = errors.New(what)
	}
}

// Write is WriteString.
func (v *verifier) Write(b []byte) (int, error) { return v.WriteString(string(b)) }

// WriteString compares one token. Its error stops bluemonday.
func (v *verifier) WriteString(s string) (int, error) {
	tt := v.z.Next()
	if string(v.z.Raw()) != s {
		t := v.z.Token()
		if !same(t, s) {
			v.fault(fmt.Sprintf("%q comes out as %q", clip(t.String()), clip(s)))
		}
		v.take(tt, t.Data, s)
	} else if tt == html.TextToken {
		v.take(tt, "", s)
	} else {
		name, _ := v.z.TagName()
		v.take(tt, string(name), s)
	}
	return len(s), v.err
}

func (v *verifier) take(tt html.TokenType, name, s string) {
	switch tt {
	case html.TextToken:
		v.nest.text(strings.Trim(s, " \t\n\r\f") == "")
	case html.StartTagToken, html.SelfClosingTagToken:
		v.nest.start(name, "")
	case html.EndTagToken:
		v.nest.end(name)
	}
}

// same tells whether what bluemonday wrote is the token, apart from how it spells addresses.
func same(t html.Token, wrote string) bool {
	if t.String() == wrote {
		return true
	}
	z := html.NewTokenizer(strings.NewReader(wrote))
	z.Next()
	w := z.Token()
	if w.Type != t.Type || w.Data != t.Data || len(t.Attr) == 0 {
		return false
	}
	next := 0
	for _, a := range t.Attr {
		if voidAddress(a.Key, a.Val) {
			continue
		}
		if next == len(w.Attr) || a.Key != w.Attr[next].Key ||
			a.Val != w.Attr[next].Val && !(isAddress(a.Key) && sameURL(a.Val, w.Attr[next].Val)) {
			return false
		}
		next++
	}
	return next == len(w.Attr)
}

func clip(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}

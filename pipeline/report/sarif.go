package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
)

// sarif prints a SARIF 2.1.0 log with one run, a result a line. Its members come in an order that
// lets results be written as they are found: what is known at the end only stands behind them.
type sarif struct {
	w             io.Writer
	opt           Options
	rules         map[string]int // code -> index in the rules of the driver
	begun         bool
	results       int // written
	dropped       int // for which there was no room
	failed        int // documents that could not be done
	artifacts     []sarifArtifact
	notifications []sarifNotification
	buf           []byte
}

const (
	maxResults       = 25_000 // in a run that GitHub's code scanning takes
	maxNotifications = 1_000  // of documents that could not be done; the rest is counted

	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

func newSARIF(w io.Writer, o Options) Printer {
	p := &sarif{w: w, opt: o, rules: make(map[string]int, len(o.Rules))}
	for i, r := range o.Rules {
		p.rules[r.Code] = i
	}
	return p
}

// sarifLevel has SARIF's words for a severity.
func sarifLevel(s pipeline.Severity) string {
	return [...]string{pipeline.Info: "note", pipeline.Warning: "warning", pipeline.Error: "error"}[s]
}

// sarifText is a message as it is. Braces are doubled, since one would be a placeholder, and a space
// parts what would be a link, "[text](target)" (sections 3.11.5 and 3.11.6).
func sarifText(s string) sarifMessage {
	return sarifMessage{jsonText(strings.ReplaceAll(sarifBraces.Replace(s), "](", "] ("))}
}

var sarifBraces = strings.NewReplacer("{", "{{", "}", "}}")

func (p *sarif) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	if len(found) == 0 && d.Failed == nil {
		return nil
	}
	if err := p.begin(); err != nil {
		return err
	}
	if d.Failed != nil {
		p.failure(d)
	}
	room := min(len(found), maxResults-p.results)
	p.dropped += len(found) - room
	if room > 0 {
		if err := p.findings(d, found[:room], text); err != nil {
			return err
		}
	}
	_, err := p.w.Write(withoutCommands(p.buf))
	return err
}

func (p *sarif) findings(d *pipeline.Document, found []pipeline.Diagnostic, text []byte) error {
	artifact := p.artifact(d)
	at, hashes := newPlaces(text), map[int]string{}
	for _, f := range found {
		hashes[at.lineOf(f.Span.Start)] = ""
	}
	lineHashes(text, hashes)
	for _, f := range found {
		if err := p.result(f, at, artifact, hashes); err != nil {
			return err
		}
	}
	return nil
}

// begin writes what stands before the results.
func (p *sarif) begin() (err error) {
	p.buf = p.buf[:0]
	if p.begun {
		return nil
	}
	p.begun = true
	tool := sarifTool{sarifDriver{Name: toolName, Version: jsonText(p.opt.Version), Rules: make([]sarifRule, len(p.opt.Rules))}}
	for i, r := range p.opt.Rules {
		tool.Driver.Rules[i] = sarifRuleOf(r)
	}
	p.buf, err = appendJSON(fmt.Appendf(p.buf, `{"$schema":%q,"version":"2.1.0","runs":[{"tool":`, sarifSchema), tool)
	p.buf = append(p.buf, `,"columnKind":"unicodeCodePoints","newlineSequences":["\r\n","\n","\r"],"defaultEncoding":"utf-8","results":[`...)
	return err
}

// artifact adds the document to the artifacts.
func (p *sarif) artifact(d *pipeline.Document) sarifArtifactLocation {
	place := p.place(name(d))
	artifact := sarifArtifact{Location: place}
	if d.Encoding != "utf-8" {
		artifact.Encoding = jsonText(d.Encoding)
	}
	index := len(p.artifacts)
	p.artifacts = append(p.artifacts, artifact)
	place.Index = &index
	return place
}

func (p *sarif) place(name string) sarifArtifactLocation {
	reference, relative := uri(p.opt.file(name))
	if !relative {
		return sarifArtifactLocation{URI: reference}
	}
	return sarifArtifactLocation{URI: reference, Base: "%SRCROOT%"}
}

func (p *sarif) failure(d *pipeline.Document) {
	p.failed++
	if p.failed > maxNotifications {
		return
	}
	p.notifications = append(p.notifications, sarifNotification{
		Level: "error", Message: sarifText(d.Failed.Error()),
		Locations: []sarifLocation{{Physical: sarifPhysical{Artifact: p.place(name(d))}}},
	})
}

func (p *sarif) result(f pipeline.Diagnostic, at *places, artifact sarifArtifactLocation, hashes map[int]string) (err error) {
	r := sarifResult{
		RuleID: jsonText(f.Code), Level: sarifLevel(f.Severity), Message: sarifText(f.Message),
		Locations:    []sarifLocation{{Physical: sarifPhysical{artifact, at.region(f.Span)}}},
		Fingerprints: map[string]string{"primaryLocationLineHash": hashes[at.lineOf(f.Span.Start)]},
	}
	if index, known := p.rules[f.Code]; known {
		r.RuleIndex = &index
	}
	for _, related := range f.Related {
		message := sarifText(related.Message)
		r.Related = append(r.Related, sarifLocation{sarifPhysical{artifact, at.region(related.Span)}, &message})
	}
	for _, fix := range f.Fixes {
		if replacements := at.replacements(fix.Edits); replacements != nil {
			r.Fixes = append(r.Fixes, sarifFix{
				sarifText(fix.Title), []sarifChange{{artifact, replacements}}, sarifFixProperties{fix.Safety.String()},
			})
		}
	}
	separator := ",\n"
	if p.results == 0 {
		separator = "\n"
	}
	p.results++
	p.buf, err = appendJSON(append(p.buf, separator...), r)
	return err
}

func (p *places) region(s pipeline.Span) *sarifRegion {
	start, end := p.at(s.Start), p.at(s.End)
	return &sarifRegion{start.Line, start.Column, end.Line, end.Column}
}

// replacements are the edits of a fix; nil when one's text is not UTF-8, which JSON can't tell.
func (p *places) replacements(edits []pipeline.Edit) []sarifReplacement {
	var out []sarifReplacement
	for _, e := range edits {
		if !utf8.ValidString(e.Text) {
			return nil
		}
		out = append(out, sarifReplacement{*p.region(e.Span()), sarifContent{jsonText(e.Text)}})
	}
	return out
}

// Close writes what stands behind the results.
func (p *sarif) Close() (err error) {
	if err := p.begin(); err != nil {
		return err
	}
	if more := p.failed - len(p.notifications); more > 0 {
		p.notice("error", "more documents that could not be done: %d", more)
	}
	if p.dropped > 0 {
		p.notice("warning", "findings that are not in this log, which is limited to %d: %d", maxResults, p.dropped)
	}
	p.buf = append(p.buf, "\n],\"artifacts\":"...)
	if p.buf, err = appendJSON(p.buf, append([]sarifArtifact{}, p.artifacts...)); err != nil {
		return err
	}
	p.buf = append(p.buf, `,"invocations":`...)
	if p.buf, err = appendJSON(p.buf, []sarifInvocation{{p.failed == 0, p.notifications}}); err != nil {
		return err
	}
	_, err = p.w.Write(withoutCommands(append(p.buf, "}]}\n"...)))
	return err
}

func (p *sarif) notice(level, format string, args ...any) {
	p.notifications = append(p.notifications, sarifNotification{Level: level, Message: sarifText(fmt.Sprintf(format, args...))})
}

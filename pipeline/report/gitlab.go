package report

import (
	"crypto/sha256"
	"fmt"
	"io"

	"copydesk/pipeline"
)

// gitlab prints the JSON array of GitLab's Code Quality reports, an entry a line
// (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format").
type gitlab struct {
	w       io.Writer
	opt     Options
	entries int
	buf     []byte
}

func newGitLab(w io.Writer, o Options) Printer { return &gitlab{w: w, opt: o} }

type gitlabEntry struct {
	Description jsonText       `json:"description"`
	CheckName   jsonText       `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  jsonText    `json:"path"`
	Lines gitlabLines `json:"lines"`
}

// gitlabLines are lines from 1, the end inclusive.
type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// gitlabSeverity has GitLab's words; a document that could not be done is a "blocker".
func gitlabSeverity(s pipeline.Severity) string {
	return [...]string{pipeline.Info: "info", pipeline.Warning: "minor", pipeline.Error: "major"}[s]
}

func (p *gitlab) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	p.buf = p.buf[:0]
	if len(found) > 0 {
		at, prints := newPlaces(text), fingerprints{}
		for _, f := range found {
			file := p.opt.file(f.Path)
			if err := p.entry(gitlabEntry{
				Description: jsonText(f.Message),
				CheckName:   jsonText(f.Code + " " + f.Rule),
				Fingerprint: prints.of(file, f, at),
				Severity:    gitlabSeverity(f.Severity),
				Location:    gitlabLocation{jsonText(file), gitlabLines{at.lineOf(f.Span.Start), at.lastLine(f.Span)}},
			}); err != nil {
				return err
			}
		}
	}
	if d.Failed != nil {
		file := p.opt.file(name(d))
		key := sha256.Sum256([]byte(file))
		if err := p.entry(gitlabEntry{
			Description: jsonText(d.Failed.Error()),
			CheckName:   failedCheck,
			Fingerprint: fmt.Sprintf("%x", key[:16]),
			Severity:    "blocker",
			Location:    gitlabLocation{jsonText(file), gitlabLines{1, 1}},
		}); err != nil {
			return err
		}
	}
	_, err := p.w.Write(withoutCommands(p.buf))
	return err
}

// failedCheck stands for a rule's name where a document could not be done.
const failedCheck = "not-done"

func (p *gitlab) entry(e gitlabEntry) (err error) {
	separator := ",\n"
	if p.entries == 0 {
		separator = "[\n"
	}
	p.entries++
	p.buf, err = appendJSON(append(p.buf, separator...), e)
	return err
}

func (p *gitlab) Close() error {
	end := "\n]\n"
	if p.entries == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(p.w, end)
	return err
}

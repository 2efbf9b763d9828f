package report

import (
	"fmt"
	"io"
)

// A summaryPage is the Markdown that github writes of what it has no annotation for: a heading and a
// block of code, indented, which no text can end. GitHub refuses a page of more than 1 MiB.
type summaryPage struct {
	w       io.Writer // nil: there is none
	size    int       // bytes written
	missing int       // findings that the page has not
}

const summaryLimit = 1_000_000 // bytes

func (p *summaryPage) full() bool { return p.w == nil || p.size > summaryLimit }

// add appends a finding, one line with its line break.
func (p *summaryPage) add(line string) error {
	if p.full() || p.size+len(line) > summaryLimit {
		p.missing++
		return nil
	}
	heading := ""
	if p.size == 0 {
		heading = "\n### " + toolName + ": findings without an annotation\n\n"
	}
	n, err := fmt.Fprintf(p.w, "%s    %s", heading, line)
	p.size += n
	return err
}

// where tells where the rest is to be found.
func (p *summaryPage) where() string {
	if p.w == nil {
		return ""
	}
	return "; the step summary lists them"
}

func (p *summaryPage) close() error {
	if p.w == nil || p.missing == 0 {
		return nil
	}
	_, err := fmt.Fprintf(p.w, "\nFindings that had no room here: %d\n", p.missing)
	return err
}

package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

// told is what a reader of a format learns of one entry; zero where the format doesn't say it.
type told struct {
	path, severity, code, message string
	line, column                  int
}

// readers read a format back as its consumers do.
var readers = map[string]func([]byte) ([]told, error){
	"json":       readJSON,
	"sarif":      readSARIF,
	"github":     readGitHub,
	"gitlab":     readGitLab,
	"junit":      readJUnit,
	"checkstyle": readCheckstyle,
	"rdjsonl":    readRDJSONL,
}

// checkReadable reads the output of a format back, and compares the number of its entries.
func checkReadable(t *testing.T, format string, out []byte, d *pipeline.Document, opt report.Options) {
	t.Helper()
	read := readers[format]
	if read == nil {
		return
	}
	got, err := read(out)
	if err != nil {
		t.Fatalf("%s: %v:\n%s", format, err, out)
	}
	want := 0
	for _, f := range d.Diagnostics {
		if !opt.Quiet || f.Severity == pipeline.Error {
			want++
		}
	}
	if d.Failed != nil {
		want++
	}
	if format == "github" && want > 10 && got[len(got)-1].path == "" {
		return // The last entry tells that there are more.
	}
	if len(got) != want {
		t.Errorf("%s has %d entries, not %d:\n%s", format, len(got), want, out)
	}
}

func readJSON(out []byte) ([]told, error) {
	var entries []struct {
		Path, Code, Severity, Message string
		Start                         struct{ Line, Column int }
	}
	err := json.Unmarshal(out, &entries)
	var all []told
	for _, e := range entries {
		all = append(all, told{e.Path, e.Severity, e.Code, e.Message, e.Start.Line, e.Start.Column})
	}
	return all, err
}

func readSARIF(out []byte) ([]told, error) {
	var whole any
	if err := json.Unmarshal(out, &whole); err != nil {
		return nil, err
	}
	if err := validSARIF(whole, "log", "$"); err != nil {
		return nil, err
	}
	type location struct {
		PhysicalLocation struct {
			ArtifactLocation struct {
				URI   string
				Index *int
			}
			Region struct{ StartLine, StartColumn int }
		}
	}
	type result struct {
		RuleID, Level string
		Message       struct{ Text string }
		Locations     []location
	}
	var log struct {
		Runs []struct {
			Artifacts   []struct{ Location struct{ URI string } }
			Results     []result
			Invocations []struct{ ToolExecutionNotifications []result }
		}
	}
	if err := json.Unmarshal(out, &log); err != nil {
		return nil, err
	}
	var all []told
	add := func(r result) error {
		place := append(r.Locations, location{})[0].PhysicalLocation
		path, err := url.PathUnescape(strings.TrimPrefix(place.ArtifactLocation.URI, "file://"))
		if _, invalid := url.Parse(place.ArtifactLocation.URI); err != nil || invalid != nil {
			return errors.Join(err, invalid)
		}
		if i := place.ArtifactLocation.Index; i != nil && log.Runs[0].Artifacts[*i].Location.URI != place.ArtifactLocation.URI {
			return fmt.Errorf("artifact %d is another", *i)
		}
		message := strings.NewReplacer("{{", "{", "}}", "}", "] (", "](").Replace(r.Message.Text)
		level := strings.Replace(r.Level, "note", "info", 1)
		all = append(all, told{path, level, r.RuleID, message, place.Region.StartLine, place.Region.StartColumn})
		return nil
	}
	for _, r := range append(log.Runs[0].Results, log.Runs[0].Invocations[0].ToolExecutionNotifications...) {
		if err := add(r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// readGitHub reads lines as the runner does (ActionCommand.TryParseV2 in actions/runner).
func readGitHub(out []byte) ([]told, error) {
	var all []told
	for line := range strings.Lines(string(out)) {
		info, data, found := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "::"), "::")
		if !strings.HasPrefix(line, "::") || !found {
			return nil, fmt.Errorf("no command: %q", line)
		}
		severity, list, _ := strings.Cut(info, " ")
		properties := map[string]string{}
		for property := range strings.SplitSeq(list, ",") {
			name, value, _ := strings.Cut(property, "=")
			for _, code := range []string{"\r%0D", "\n%0A", ":%3A", ",%2C", "%%25"} {
				value = strings.ReplaceAll(value, code[1:], code[:1])
			}
			properties[name] = value
		}
		for _, code := range []string{"\r%0D", "\n%0A", "%%25"} {
			data = strings.ReplaceAll(data, code[1:], code[:1])
		}
		code, _, _ := strings.Cut(properties["title"], " ")
		e := told{path: properties["file"], severity: strings.Replace(severity, "notice", "info", 1), code: code, message: data}
		for name, n := range map[string]*int{"line": &e.line, "col": &e.column} {
			if text, ok := properties[name]; ok {
				if _, err := fmt.Sscan(text, n); err != nil {
					return nil, err
				}
			}
		}
		all = append(all, e)
	}
	return all, nil
}

func readGitLab(out []byte) ([]told, error) {
	var entries []struct {
		Description, Fingerprint, Severity string
		CheckName                          string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin, End int }
		}
	}
	if err := json.Unmarshal(out, &entries); err != nil {
		return nil, err
	}
	severities := map[string]string{"info": "info", "minor": "warning", "major": "error", "blocker": "error"}
	prints := map[string]bool{}
	var all []told
	for _, e := range entries {
		lines := e.Location.Lines
		if prints[e.Fingerprint] || len(e.Fingerprint) != 32 || severities[e.Severity] == "" || lines.Begin < 1 || lines.End < lines.Begin {
			return nil, fmt.Errorf("not an entry, or not a new one: %+v", e)
		}
		prints[e.Fingerprint] = true
		code, _, _ := strings.Cut(e.CheckName, " ")
		all = append(all, told{path: e.Location.Path, severity: severities[e.Severity], code: code, message: e.Description, line: lines.Begin})
	}
	return all, nil
}

func readJUnit(out []byte) ([]told, error) {
	type outcome struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	var report struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Errors   int    `xml:"errors,attr"`
			Cases    []struct {
				Name    string   `xml:"name,attr"`
				Class   string   `xml:"classname,attr"`
				Failure *outcome `xml:"failure"`
				Error   *outcome `xml:"error"`
				Output  *string  `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := readXML(out, &report); err != nil {
		return nil, err
	}
	var all []told
	for _, s := range report.Suites {
		failures, broken := 0, 0
		for _, c := range s.Cases {
			e := told{path: c.Class, severity: "info"}
			switch {
			case c.Failure != nil:
				failures++
				e.severity, e.message = c.Failure.Type, c.Failure.Message
			case c.Error != nil:
				broken++
				e.severity, e.message = "error", c.Error.Message
			case c.Output == nil:
				continue
			}
			var place string
			if e.code, place, _ = strings.Cut(c.Name, " "); c.Error == nil {
				place = place[strings.LastIndex(place, " ")+1:]
				if _, err := fmt.Sscanf(place, "%d:%d", &e.line, &e.column); err != nil {
					return nil, err
				}
			}
			if c.Output != nil {
				_, rest, _ := strings.Cut(*c.Output, ":"+place+": info: ")
				e.message, _, _ = strings.Cut(rest, "\nfix: ")
			}
			all = append(all, e)
		}
		if s.Tests != len(s.Cases) || s.Failures != failures || s.Errors != broken || s.Tests == 0 {
			return nil, fmt.Errorf("wrong counts: %+v", s)
		}
	}
	return all, nil
}

func readCheckstyle(out []byte) ([]told, error) {
	var report struct {
		XMLName xml.Name `xml:"checkstyle"`
		Files   []struct {
			Name   string `xml:"name,attr"`
			Errors []struct {
				Line     int    `xml:"line,attr"`
				Column   int    `xml:"column,attr"`
				Severity string `xml:"severity,attr"`
				Message  string `xml:"message,attr"`
				Source   string `xml:"source,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	err := readXML(out, &report)
	var all []told
	for _, f := range report.Files {
		for _, e := range f.Errors {
			all = append(all, told{f.Name, e.Severity, strings.TrimPrefix(e.Source, "copydesk."), e.Message, e.Line, e.Column})
		}
	}
	return all, err
}

// readXML reads all of a document strictly.
func readXML(out []byte, v any) error {
	decoder := xml.NewDecoder(bytes.NewReader(out))
	if err := decoder.Decode(v); err != nil {
		return err
	}
	if token, err := decoder.Token(); err != io.EOF && fmt.Sprintf("%s", token) != "\n" {
		return fmt.Errorf("%v behind the end, %w", token, err)
	}
	return nil
}

type rdRange struct {
	Start, End struct{ Line, Column int }
}

type rdEntry struct {
	Message, Severity string
	Location          struct {
		Path  string
		Range *rdRange
	}
	Source      struct{ Name string }
	Code        *struct{ Value string }
	Suggestions []struct {
		Range rdRange
		Text  string
	}
	RelatedLocations []struct {
		Message  string
		Location struct {
			Path  string
			Range rdRange
		}
	} `json:"related_locations"`
}

func readRDJSONL(out []byte) ([]told, error) {
	var all []told
	for line := range bytes.Lines(out) {
		var e rdEntry
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&e); err != nil {
			return nil, err
		}
		entry := told{path: e.Location.Path, severity: strings.ToLower(e.Severity), code: "not-done", message: e.Message}
		if e.Code != nil {
			entry.code = e.Code.Value
		}
		if e.Location.Range != nil {
			entry.line, entry.column = e.Location.Range.Start.Line, e.Location.Range.Start.Column
		}
		all = append(all, entry)
	}
	return all, nil
}

package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var scriptElement = lint.Rule{
	Code: "SE002", Name: "script-element", Group: security, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `An element runs a program, or shows a page of somebody else.

A script has all rights of the page that shows the article; object and embed load programs; a page in an iframe sees
who reads, and may ask for passwords. The policy in force says which hosts may be embedded (embeds, under
sanitize.policies in copydesk.yaml). For embeds of well-known sites (players, posts, code samples), and for data in
a script, the finding is information.
The fix takes the element away, and leaves what stands in it unless it is a program.`,
	Bad:  "<p>It rained.</p>\n<p><script src=\"https://example.com/count.js\"></script></p>\n",
	Good: "<p>It rained.</p>\n<p></p>\n",
	New:  func() lint.Checker { return programs{} },
}

type programs struct{}

func (programs) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	var removed removals // The policy is asked only when there is something to ask about.
	for i := range all {
		e := &all[i]
		if !embeds(e.Name) || p.Format() == pipeline.Markdown && markup.IsComponent(p.Text(), e) { // HTML has none.
			continue
		}
		if removed.at == nil {
			removed = removalsOf(p, "SE002")
		}
		if !removed.take("element "+e.Name, e.Span) {
			continue
		}
		f := lint.Finding{Span: e.Span, Message: "this " + e.Name + " embeds a page or a program"}
		if e.Name == "script" {
			f.Message = "this script runs with all rights of the page around it"
			if kind, ok := e.Attr("type"); ok && !runsAs(kind.Value) {
				f.Message, f.Minor = "this script holds data, "+strings.TrimSpace(kind.Value)+", and policy "+p.Policy()+" takes it for a program", true
			}
		}
		if src, ok := e.Attr("src"); ok {
			if host, ok := markup.RemoteHost(strings.TrimSpace(src.Value)); ok && e.Name == "script" {
				f.Message = "this script of " + host + " runs with all rights of the page around it"
				f.Minor = f.Minor || isEmbed(host)
			} else if ok {
				f.Message = "this " + e.Name + " embeds a page of " + host
				f.Minor = e.Name == "iframe" && isEmbed(host)
			}
		}
		f.Fixes = []pipeline.Fix{{Title: "remove the element", Safety: pipeline.Unsafe, Edits: unwrapped(e)}}
		p.Add(f)
	}
	for _, r := range removed.at { // In what browsers take for text, as in an iframe; findings are sorted.
		p.Report(r.Span, "%s", r)
	}
}

func embeds(name string) bool {
	switch name {
	case "script", "object", "embed", "iframe", "frame", "applet", "portal", "fencedframe":
		return true
	}
	return false
}

// unwrapped takes the tags of an element out; of a script and an iframe all of it.
func unwrapped(e *markup.Element) []pipeline.Edit {
	if (e.Name == "script" || e.Name == "iframe") && e.End.Len() > 0 {
		return []pipeline.Edit{{Start: e.Span.Start, End: e.End.End}}
	}
	edits := []pipeline.Edit{{Start: e.Span.Start, End: e.Span.End}}
	if e.End.Len() > 0 {
		edits = append(edits, pipeline.Edit{Start: e.End.Start, End: e.End.End})
	}
	return edits
}

// runsAs tells whether a browser runs a script of a type, or takes it for an instruction.
// Source: HTML standard, 4.12.1, the script element; MIME Sniffing standard, 4.6, JavaScript MIME types.
func runsAs(kind string) bool {
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "" || kind == "module" || kind == "importmap" || kind == "speculationrules" ||
		strings.Contains(kind, "javascript") || strings.Contains(kind, "ecmascript") || strings.Contains(kind, "jscript") || strings.Contains(kind, "livescript")
}

// isEmbed tells whether a host is one of those whose players, posts and samples stand in articles everywhere.
func isEmbed(host string) bool {
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	for _, known := range []string{"youtube.com", "youtube-nocookie.com", "player.vimeo.com", "player.bilibili.com", "player.youku.com",
		"v.qq.com", "open.spotify.com", "embed.ted.com", "www.dailymotion.com", "w.soundcloud.com", "platform.twitter.com", "platform.x.com",
		"www.instagram.com", "embedr.flickr.com", "gist.github.com", "codepen.io", "codesandbox.io", "stackblitz.com", "jsfiddle.net",
		"asciinema.org", "speakerdeck.com"} {
		if host == known || strings.HasSuffix(host, "."+known) {
			return true
		}
	}
	return false
}

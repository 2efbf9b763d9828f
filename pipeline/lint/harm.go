package lint

import (
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// harm tells what the edits, which made after of before, did that was not declared; "" for nothing.
// declared holds JSON pointers of front matter values that may change or go, "" for all of them.
func harm(before, after *pipeline.Document, edits []pipeline.Edit, declared []string) string {
	if why := movedBody(before, after, edits); why != "" && !covers(declared, "") {
		return why
	}
	if sameMatter(before, after) {
		return ""
	}
	old, now := matter.Of(before), matter.Of(after)
	switch {
	case old.Root == nil && (old.Format != matter.None || now.Root == nil || covers(declared, "")):
		return ""
	case old.Root == nil:
		return "front matter comes into being"
	case now.Root == nil:
		return "the front matter can't be read any more"
	}
	return changed(old.Root, now.Root, declared)
}

// movedBody looks whether the body begins where the edits put its first byte.
func movedBody(before, after *pipeline.Document, edits []pipeline.Edit) string {
	start := before.Body().Start
	least, most := start, start // An insertion right at the start may be meant for either side.
	for _, e := range edits {
		shift := len(e.Text) - (e.End - e.Start)
		switch {
		case e.End < start, e.End == start && e.Start < start:
			least += shift
			most += shift
		case e.Start == start && e.End == start:
			most += shift
		case e.Start < start:
			return "it reaches from the front matter into the body"
		}
	}
	if got := after.Body().Start; got != least && got != most {
		return "the body begins elsewhere"
	}
	return ""
}

// sameMatter tells whether all that stands before the body is the same.
func sameMatter(before, after *pipeline.Document) bool {
	return string(before.Text[:before.Body().Start]) == string(after.Text[:after.Body().Start])
}

// changed names a value that differs and was not declared to.
func changed(old, now *matter.Node, declared []string) string {
	was, is := values(old), values(now)
	why := ""
	old.Walk(func(pointer string, _ *matter.Node) {
		if why == "" && was[pointer] != is[pointer] && !covers(declared, pointer) {
			why = fmt.Sprintf("the front matter value %s changes", pointer)
		}
	})
	now.Walk(func(pointer string, _ *matter.Node) {
		if _, ok := was[pointer]; why == "" && !ok && !covers(declared, pointer) {
			why = fmt.Sprintf("the front matter value %s comes into being", pointer)
		}
	})
	return why
}

// values lists what every value says by its JSON pointer; of duplicate keys the last one counts.
func values(root *matter.Node) map[string]string {
	out := map[string]string{}
	root.Walk(func(pointer string, n *matter.Node) {
		out[pointer] = fmt.Sprint(n.Kind, " ", n.Value)
	})
	return out
}

// covers tells whether one of the pointers is the given one or stands above it.
func covers(declared []string, pointer string) bool {
	for _, d := range declared {
		if rest, ok := strings.CutPrefix(pointer, d); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

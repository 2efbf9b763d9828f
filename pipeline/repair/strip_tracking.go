package repair

import (
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var stripTracking = Repair{
	Name: "strip-tracking", Code: "LK004", Rule: "tracking-parameters",
	Before: "<p><a href=\"https://example.com/rain?id=7&amp;utm_source=feed\">rain</a></p>\n",
	After:  "<p><a href=\"https://example.com/rain?id=7\">rain</a></p>\n",
	on:     func(o *Options) bool { return o.StripTracking },
	find:   func(b *markup.Body, _ *Set) []Found { return Tracked(b) },
}

// tracking are the parameters that tell a site where its reader came from, and nothing else, beside those
// that begin with utm_. Source: the documentation of the services that set them.
var tracking = words("fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid " +
	"mkt_tok _hsenc _hsmi hsctatracking vero_id vero_conv oly_anon_id oly_enc_id wickedid _openstat rb_clickid s_cid ml_subscriber " +
	"ml_subscriber_hash spm scm share_source share_medium share_token")

// Tracked finds links whose address tells where its reader came from.
func Tracked(b *markup.Body) (out []Found) {
	eachTarget(b, func(l *markup.Link) {
		address, names := withoutTracking(l.URL)
		if len(names) == 0 {
			return
		}
		edit := leadTo(b, l, address)
		if raw := string(l.URLSpan.Of(b.Text)); strings.ReplaceAll(raw, "&amp;", "&") == l.URL { // Its other bytes stay.
			spelled := address
			if strings.Contains(raw, "&amp;") {
				spelled = strings.ReplaceAll(address, "&", "&amp;")
			}
			if l.Element < 0 || html.UnescapeString(spelled) == address {
				edit = pipeline.Edit{Start: l.URLSpan.Start, End: l.URLSpan.End, Text: spelled}
			}
		}
		out = append(out, Found{Span: l.URLSpan, Message: "the address of this link tracks readers with " + strings.Join(names, ", "),
			Title: "remove " + plural(len(names), "parameter"), Edits: []pipeline.Edit{edit}})
	})
	return out
}

// withoutTracking takes the parameters that only track readers out of an address, and names them.
func withoutTracking(address string) (clean string, names []string) {
	before, rest, ok := strings.Cut(address, "?")
	if !ok || strings.Contains(before, "#") {
		return address, nil
	}
	query, fragment := rest, ""
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		query, fragment = rest[:i], rest[i:]
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "utm_") || tracking[lower] {
			names = append(names, clip(name))
			continue
		}
		kept = append(kept, part)
	}
	if len(kept) > 0 {
		before += "?" + strings.Join(kept, "&")
	}
	if before+fragment == "" {
		return address, nil
	}
	return before + fragment, names
}

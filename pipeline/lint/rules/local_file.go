package rules

import (
	"net/url"
	"strings"
)

// localPath gives the path of a reference to a file near the article: without query and fragment,
// percent-decoded. It is not ok for all else: other schemes and hosts, paths from the root of the site,
// which is unknown here, anchors, what a template or a bundler will replace, and single letters,
// which sites use as shorthands (Hugo's glossary links to "g").
func localPath(ref string) (local string, ok bool) {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.IndexByte(`/\#?@~$`, ref[0]) >= 0 || strings.ContainsAny(ref, "{}<>|\x00\n\\") {
		return "", false
	}
	if scheme, _, found := strings.Cut(ref, ":"); found && !strings.ContainsAny(scheme, "/?#") {
		return "", false
	}
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		ref = ref[:i]
	}
	if strings.Contains(ref, "[[") || strings.HasPrefix(ref, "__") { // [[site.url]]/a, __GHOST_URL__/a
		return "", false
	}
	if decoded, err := url.PathUnescape(ref); err == nil {
		ref = decoded
	}
	return ref, len(ref) > 1 && strings.IndexByte(ref, 0) < 0
}

package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"copydesk/pipeline/git"
	"copydesk/pipeline/lint"
)

// localPath gives the path of a reference to a file near the article: without query and fragment,
// percent-decoded. It is not ok for all else: other schemes and hosts, paths from the root of the site,
// which is unknown here, anchors, what a template or a bundler will replace, and single letters,
// which sites use as shorthands (Hugo's glossary links to "g").
func localPath(ref string) (local string, ok bool) {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.IndexByte(`/\#?@~$`, ref[0]) >= 0 || strings.ContainsAny(ref, "{}<>\x00\n\\") {
		return "", false
	}
	if scheme, _, found := strings.Cut(ref, ":"); found && !strings.ContainsAny(scheme, "/?#") {
		return "", false
	}
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		ref = ref[:i]
	}
	if decoded, err := url.PathUnescape(ref); err == nil {
		ref = decoded
	}
	return ref, len(ref) > 1 && strings.IndexByte(ref, 0) < 0
}

// folders are the places that a relative reference of an article may count from: its own folder,
// and the folder that its page is served as when posts/rain.md becomes posts/rain/.
func folders(p *lint.Pass) []string {
	base := path.Base(p.Path())
	stem := strings.TrimSuffix(base, path.Ext(base))
	if stem == "" || stem == "index" || stem == "_index" {
		return []string{""}
	}
	return []string{"", stem}
}

// missing tells for certain that what an article refers to as local is not there: it is not at one
// of the paths, each taken from each of the folders. The message is empty otherwise.
// What a partial refers to, _name.md by custom, counts from the articles that include it.
func missing(p *lint.Pass, what, local string, paths ...string) (message string) {
	if base := path.Base(p.Path()); base[0] == '_' && !strings.HasPrefix(base, "_index.") {
		return ""
	}
	message = fmt.Sprintf("there is no %s %q", what, local)
	for _, folder := range folders(p) {
		for _, ref := range paths {
			_, err := p.File(path.Join(folder, ref))
			switch {
			case errors.Is(err, git.ErrNotStaged):
				message = fmt.Sprintf("the %s %q is there, but not staged", what, local)
			case !errors.Is(err, fs.ErrNotExist):
				return ""
			}
		}
	}
	return message
}

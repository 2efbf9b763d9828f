package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"

	"copydesk/pipeline/git"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// A place is where an article stands in its site, as far as its name and its front matter tell. It answers
// whether what a relative address means is missing for certain: generators of sites serve files under
// many addresses, and where it can't be known which, nothing is missing.
type place struct {
	pass     *lint.Pass
	up       []string // the folders of the article's name, from the outermost
	folders  []string // what relative addresses may count from, seen from the article's folder
	language string   // zh in rain.zh.md
	partial  bool     // other articles include it, and its addresses count from them
	based    bool     // it has a base element, which its addresses count from
	moved    bool     // it is served somewhere else, or articles beside it are served under other names
	statics  []string // folders that are served as if they lay at the article's folder
	unstaged bool     // what was looked for last is there, and a commit would not hold it
}

var (
	// layouts are the folders in which generators of sites keep what is built around articles.
	layouts = []string{"_includes", "_layouts"}
	// partials are the folders in which they keep what other pages include.
	partials = append([]string{"_partials", "_snippets", "_shared", "_common", "includes", "layouts", "partials", "snippets"}, layouts...)
	// publics are the folders whose files they copy to the root of the site.
	publics = []string{"static", "public", "assets", "source"}
)

const maxUp = 8 // folders above the article that are searched for static files

var (
	languageCode = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[a-z]{2,3}([-_]([A-Za-z]{2}|[A-Z][a-z]{3}|[0-9]{3}|han[st]))?$`)
	})
	// Jekyll and others take a date off the name of a post, Docusaurus a number that is there for the order.
	prefixedName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}-|[0-9]{1,3}[-_.]+)\pL`)
	})
)

// placeOf looks at the name and the front matter of an article.
func placeOf(p *lint.Pass) *place {
	s := &place{pass: p, folders: []string{""}, up: foldersAbove(p)}
	base := path.Base(filepath.ToSlash(p.Name()))
	stem := strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(stem); len(ext) > 1 && len(ext) < len(stem) && languageCode().MatchString(ext[1:]) {
		s.language, stem = ext[1:], strings.TrimSuffix(stem, ext)
	}
	own := s.up // the names that the page's address would be made of
	switch stem {
	case "index", "_index", "README":
		if len(s.up) > 0 { // posts/rain/index.md may be served as posts/rain, without a slash.
			s.folders = append(s.folders, "..")
		}
	default:
		own = append(slices.Clip(own), stem)
		s.folders = append(s.folders, stem)
	}
	s.partial = base[0] == '_' && stem != "_index" || anyOf(s.up, partials)
	s.based = slices.ContainsFunc(p.Elements(), func(e markup.Element) bool { return e.Name == "base" })
	s.moved = anyOf(s.up, []string{"_posts", "_drafts"}) ||
		len(own) > 0 && prefixedName().MatchString(own[len(own)-1]) || addressed(p.Matter(), own)
	s.findStatics()
	return s
}

// foldersAbove lists the folders of an article's name, from the outermost.
func foldersAbove(p *lint.Pass) []string {
	dir := path.Dir(filepath.ToSlash(p.Name()))
	if dir == "." {
		return nil
	}
	return strings.Split(strings.TrimSuffix(dir, "/"), "/")
}

// isLayout tells whether a file is part of a site's program, and no article.
func isLayout(p *lint.Pass) bool { return anyOf(foldersAbove(p), layouts) }

func anyOf(names, list []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(list, name) })
}

// addressed tells whether the front matter gives the page another address than its name does.
func addressed(m *matter.Matter, own []string) (other bool) {
	topEntries(m, []string{"permalink", "url", "path", "slug", "id"}, func(e *matter.Entry) {
		if n := e.Value.Resolve(); n != nil && n.Kind == matter.String && n.Value != "" && !strings.Contains(n.Value, "://") {
			other = other || !endsAlike(n.Value, own)
		}
	})
	return other
}

// endsAlike tells whether an address and the names of a page's folders and its own agree from the end on,
// as far as both go.
func endsAlike(address string, own []string) bool {
	address = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(address, ".html"), "/index"), "/")
	parts := strings.Split(address, "/")
	for i := 1; i <= min(len(parts), len(own)); i++ {
		if plainName(parts[len(parts)-i]) != plainName(own[len(own)-i]) {
			return false
		}
	}
	return true
}

var plainNames = strings.NewReplacer("_", "-", " ", "-")

func plainName(name string) string {
	return plainNames.Replace(strings.ToLower(strings.TrimPrefix(name, "_")))
}

// above is the way from the article's folder to the one that holds the first n of its folders.
func (s *place) above(n int) string { return strings.Repeat("../", len(s.up)-n) }

// findStatics looks for the folders of static files beside the folders above the article: files of
// static/docs/ and of docs/static/docs/ are served beside the pages of docs/.
func (s *place) findStatics() {
	for n := max(0, len(s.up)-maxUp); n <= len(s.up); n++ {
		for _, public := range publics {
			if dir := s.above(n) + public; s.isFolder(dir) {
				s.statics = append(s.statics, path.Join(dir, path.Join(s.up[n:]...)))
				if n < len(s.up) {
					s.statics = append(s.statics, path.Join(dir, path.Join(s.up[n+1:]...)))
				}
			}
		}
	}
}

// absent tells for certain that a file is not there, seen from the article's folder.
func absent(p *lint.Pass, file string) bool {
	_, err := p.File(file)
	return isAbsence(err)
}

func isAbsence(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// isFolder tells whether a folder may be there, staged or not.
func (s *place) isFolder(dir string) bool {
	_, err := s.pass.File(dir)
	return !isAbsence(err) || errors.Is(err, git.ErrNotStaged)
}

// has tells whether a file is there, or can't be told not to be.
func (s *place) has(file string) bool {
	if dir := path.Dir(file); dir != "." && !s.isFolder(dir) {
		return false
	}
	_, err := s.pass.File(file)
	s.unstaged = s.unstaged || errors.Is(err, git.ErrNotStaged)
	return !isAbsence(err)
}

// message tells that what an address means is not there, or that a commit would not hold it.
func (s *place) message(what, local string) string {
	if s.unstaged {
		return fmt.Sprintf("the %s %q is there, but not staged", what, local)
	}
	return fmt.Sprintf("there is no %s %q", what, local)
}

func (s *place) hasAny(base string, files []string) bool {
	for _, folder := range s.folders {
		for _, file := range files {
			if s.has(path.Join(base, folder, file)) {
				return true
			}
		}
	}
	return false
}

package rules

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// lacksPage tells for certain that no file is there which a link could mean or which would be served as the page
// that it means.
func (s *place) lacksPage(local string) bool {
	if s.partial || s.based || isForge(local) || isGenerated(local) {
		return false
	}
	files := []string{local}
	if isPage(local) {
		if s.moved && !neverPage(local) {
			return false
		}
		files = s.servedAs(local)
	}
	return s.lacks(local, files)
}

// neverPage tells of what no generator makes an address of: LINK_HERE, and an address that means another site.
func neverPage(local string) bool { return capitals().MatchString(local) || isHost(local) }

// isHost tells of an address that means another site, and lacks its https://.
func isHost(local string) bool { return host().MatchString(local) }

var (
	capitals = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z]+(_[A-Z]+)+$`) })
	host     = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([a-zA-Z0-9-]+\.)+(com|org|net|edu|gov|io|dev|app|info|cn|de|fr|jp|uk)(/|$)`)
	})
)

// lacksPicture tells for certain that a picture is not there.
func (s *place) lacksPicture(local string) bool {
	return !s.partial && !s.based && s.lacks(local, []string{local})
}

func (s *place) lacks(local string, files []string) bool {
	s.unstaged = false
	for _, base := range append([]string{""}, s.statics...) {
		if s.hasAny(base, files) {
			return false
		}
	}
	for _, base := range s.translations() {
		if s.hasAny(base, files) {
			return false
		}
	}
	return !s.moved || !s.hasAbove(local)
}

// hasAbove looks for a file in the folders above the article and in what is served from there.
// A page that is served elsewhere counts its addresses from an unknown depth.
func (s *place) hasAbove(local string) bool {
	for strings.HasPrefix(local, "../") || strings.HasPrefix(local, "./") {
		_, local, _ = strings.Cut(local, "/")
	}
	if local == "" {
		return true
	}
	for n := max(0, len(s.up)-maxUp); n <= len(s.up); n++ {
		for _, folder := range append([]string{""}, publics...) {
			if s.has(path.Join(s.above(n)+folder, local)) {
				return true
			}
		}
	}
	return false
}

// translations are the folders in which the article would stand in the main language of the site:
// what is not translated is served from there. en/docs for ja/docs, docs for i18n/ja/…/docs/current of Docusaurus.
func (s *place) translations() (out []string) {
	for i := max(0, len(s.up)-maxUp); i < len(s.up); i++ {
		if !languageCode().MatchString(s.up[i]) {
			continue
		}
		rest := path.Join(s.up[i+1:]...)
		out = append(out, path.Join(s.above(i)+"en", rest), path.Join(s.above(i), rest))
		if i > 0 && s.up[i-1] == "i18n" && i+2 < len(s.up) && strings.HasPrefix(s.up[i+1], "docusaurus-plugin-content-") {
			kind, version := strings.TrimPrefix(s.up[i+1], "docusaurus-plugin-content-"), s.up[i+2]
			folder := kind
			if strings.HasPrefix(version, "version-") {
				folder = "versioned_" + kind + "/" + version
			}
			out = append(out, path.Join(s.above(i-1)+folder, path.Join(s.up[i+3:]...)))
		}
	}
	return out
}

// The extensions of files that become pages, the most frequent first.
var pageExtensions = []string{
	".md", ".html", ".mdx", ".markdown", ".htm", ".txt", ".astro", ".njk", ".liquid", ".vue", ".adoc", ".rst", ".org", ".textile", ".ipynb",
}

// servedAs lists the files that an address of a page may be served from.
func (s *place) servedAs(local string) []string {
	stem := strings.TrimSuffix(local, "/")
	if ext := path.Ext(stem); strings.EqualFold(ext, ".html") || strings.EqualFold(ext, ".htm") {
		stem = strings.TrimSuffix(stem, ext)
	}
	if stem == "index" {
		stem = "."
	}
	stem = strings.TrimSuffix(stem, "/index")
	out := []string{local}
	stems := []string{stem}
	if lower := strings.ToLower(stem); lower != stem { // Many generators write addresses in small letters.
		stems = append(stems, lower)
	}
	for _, stem := range stems {
		last := path.Base(stem)
		for _, ext := range pageExtensions {
			out = append(out, stem+ext, path.Join(stem, "index"+ext), path.Join(stem, "_index"+ext))
		}
		out = append(out, path.Join(stem, "README.md"), path.Join(stem, last+".md"), path.Join(stem, last+".mdx"))
		for _, language := range slices.Compact([]string{"en", s.language}) { // rain.zh.md is served as zh/rain.
			if language != "" {
				out = append(out, stem+"."+language+".md", path.Join(stem, "index."+language+".md"), path.Join(stem, "_index."+language+".md"))
			}
		}
	}
	return out
}

// isPage tells whether an address can be one that a page is served under, and not only the name of a file.
func isPage(local string) bool {
	return !slices.Contains(fileExtensions, strings.TrimPrefix(strings.ToLower(path.Ext(local)), "."))
}

// The extensions of files that are served under their names. What is not here, as in Rust-1.12, may be none.
var fileExtensions = strings.Fields(`md mdx markdown txt png jpg jpeg gif svg webp avif ico bmp tif tiff
	pdf doc docx xls xlsx ppt pptx odt ods odp epub zip gz tgz tar bz2 xz zst 7z rar
	mp3 mp4 webm ogg ogv oga wav mov m4a m4v flac ttf otf woff woff2 eot
	css scss sass less js mjs cjs ts jsx tsx json yaml yml toml xml csv tsv
	c h cc cpp cs go java php pl ps1 py rb rs sh sql swift`)

// isGenerated tells whether an address is one that generators make up without a file: feeds, lists of tags and
// the like, and posts by their date.
func isGenerated(local string) bool {
	if isFile := !isPage(local); isFile {
		return strings.EqualFold(path.Ext(local), ".xml")
	}
	for name := range strings.SplitSeq(strings.ToLower(local), "/") {
		if slices.Contains(generated, strings.TrimSuffix(name, ".html")) {
			return true
		}
	}
	return datePath().MatchString(local)
}

var (
	generated = strings.Fields(`tag tags category categories archive archives author authors series page search feed rss atom 404`)
	datePath  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|/)(19|20)[0-9]{2}/[0-9]{1,2}(/|$)`) })
)

// isForge tells whether a link means a page of the project on GitHub or its like, as links of a README do.
func isForge(local string) bool { return forgePath().MatchString(local) }

var forgePath = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\.\./){2,}(issues|pulls?|wiki|releases|actions|discussions|security|tree|blob|raw|compare|commits?|graphs|milestones?|labels|projects|tags|stargazers|network)(/|$)`)
})

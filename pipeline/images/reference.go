package images

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"copydesk/pipeline/matter"
)

var schemePattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`) })

// LocalPath gives the path that a reference names, as browsers read it: percent escapes decoded,
// backslashes turned, query and fragment gone, as short as it can be. A reference to elsewhere (with a scheme, or with a
// host behind two slashes) has none, nor has one that names no file.
func LocalPath(ref string) (string, bool) {
	ref = strings.ReplaceAll(strings.Trim(ref, " \t\r\n\f"), `\`, "/")
	if strings.HasPrefix(ref, "//") || schemePattern().MatchString(ref) {
		return "", false
	}
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		ref = ref[:i]
	}
	if decoded, err := url.PathUnescape(ref); err == nil {
		ref = decoded
	}
	return path.Clean(ref), ref != "" && !strings.HasSuffix(ref, "/")
}

// Place gives what an Opener opens for a reference: LocalPath's path, or the address of a remote
// picture, with a scheme and without its fragment. Other references have none.
func Place(ref string) (string, bool) {
	if file, ok := LocalPath(ref); ok {
		return file, true
	}
	ref = strings.ReplaceAll(strings.Trim(ref, " \t\r\n\f"), `\`, "/")
	if strings.HasPrefix(ref, "//") {
		ref = "https:" + ref
	}
	u, err := url.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), true
}

// IsRemote tells whether a place is the address of a remote picture: no path, made as short as it
// can be, has two slashes side by side.
func IsRemote(place string) bool { return strings.Contains(place, "://") }

// extension is that of the file that a place names.
func extension(place string) string {
	if IsRemote(place) {
		place, _, _ = strings.Cut(place, "?")
	}
	return path.Ext(place)
}

// isMade tells whether at a place lies a picture that a Maker with this folder made.
func (s *settings) isMade(place string) bool {
	if base, ok := Place(s.BaseURL); ok {
		if name, below := strings.CutPrefix(place, base+"/"); below && s.namesIt(name) {
			return true
		}
	}
	folder := "/" + strings.TrimPrefix(s.Assets, "/") + "/"
	i := strings.LastIndex("/"+place, folder)
	return i >= 0 && s.namesIt(("/" + place)[i+len(folder):])
}

// namesIt tells whether a name is like those of made pictures, by the template or the default one.
func (s *settings) namesIt(name string) bool {
	return s.naming.made.MatchString(name) || madePattern().MatchString(name)
}

var madePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-f]{8}([0-9a-f]{24})?-[1-9][0-9]*\.(jpg|png|gif|webp|svg)$`)
})

// isPictureName tells whether what lies at a place is a picture by its name, for references that may name anything.
func isPictureName(place string) bool {
	return slices.Contains([]string{".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".svg", ".avif",
		".heic", ".heif", ".bmp", ".tif", ".tiff", ".jxl", ".ico"}, strings.ToLower(extension(place)))
}

// isOtherName tells whether what lies at an address is no picture by its name: a page, a text, a film, or the root of a site.
// Pictures often have addresses without an extension, or with one of a program.
func isOtherName(address string) bool {
	_, rest, _ := strings.Cut(address, "://")
	rest, _, _ = strings.Cut(rest, "?")
	return !strings.Contains(strings.TrimSuffix(rest, "/"), "/") ||
		slices.Contains([]string{".html", ".htm", ".xhtml", ".pdf", ".md", ".txt", ".xml", ".json", ".css", ".js", ".mp4", ".webm", ".mov",
			".mp3", ".ogg", ".zip"}, strings.ToLower(extension(address)))
}

// escapePath writes a path as a URL that needs no quoting in Markdown, in a srcset or in an attribute.
func escapePath(file string) string {
	var out strings.Builder
	for i := range len(file) {
		c := file[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			out.WriteByte(c)
			continue
		}
		const hex = "0123456789ABCDEF"
		out.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return out.String()
}

// matterRef is a value of front matter that names a picture.
type matterRef struct {
	pointer string
	node    *matter.Node
}

// matterRefs finds the pictures in front matter: under the keys that themes know, a string, a list
// of them, or a mapping as Jekyll's and Hugo's themes have it (image.src, cover.image).
func matterRefs(m *matter.Matter) []matterRef {
	if m.Root == nil || m.Root.Kind != matter.Mapping {
		return nil
	}
	return entryRefs(nil, "", m.Root, pictureKeys)
}

var pictureKeys = []string{"image", "images", "img", "thumbnail", "thumbnails", "thumb", "headimg", "cover", "coverimage",
	"coverimg", "banner", "bannerimg", "featureimage", "featuredimage", "headerimage", "headerimg", "hero", "heroimage",
	"ogimage", "topimg", "indeximg", "teaser", "poster", "photo", "photos"}

var nestedKeys = append([]string{"src", "url", "path", "file", "feature"}, pictureKeys...)

// MatterPictures gives the addresses that front matter has of pictures: those that the step rewrites.
func MatterPictures(m *matter.Matter) []string {
	var urls []string
	for _, ref := range matterRefs(m) {
		if file, ok := LocalPath(ref.node.Value); ok && isPictureName(file) {
			urls = append(urls, ref.node.Value)
		}
	}
	return urls
}

func entryRefs(refs []matterRef, pointer string, n *matter.Node, keys []string) []matterRef {
	for i := range n.Entries {
		e := &n.Entries[i]
		key := strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(e.Key))
		if !slices.Contains(keys, key) || n.Entry(e.Key) != e {
			continue
		}
		at := matter.Pointer(pointer, e.Key)
		if e.Value != nil && e.Value.Kind == matter.Mapping {
			if pointer == "" {
				refs = entryRefs(refs, at, e.Value, nestedKeys)
			}
			continue
		}
		refs = valueRefs(refs, at, e.Value)
	}
	return refs
}

func valueRefs(refs []matterRef, pointer string, n *matter.Node) []matterRef {
	switch {
	case n == nil:
	case n.Kind == matter.String:
		refs = append(refs, matterRef{pointer, n})
	case n.Kind == matter.Sequence:
		for i, item := range n.Items {
			if item.Kind == matter.String {
				refs = append(refs, matterRef{matter.Pointer(pointer, strconv.Itoa(i)), item})
			}
		}
	}
	return refs
}

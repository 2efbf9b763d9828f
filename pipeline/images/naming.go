package images

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// defaultName is the template of the names of made files.
const defaultName = "{hash:8}-{width}.{ext}"

// longHash is how many digits a hash has when a shorter one means two pictures.
const longHash = 32

// naming is a template of file names.
type naming struct {
	parts  []namePart
	digits int            // of its longest hash
	made   *regexp.Regexp // what the names are like, behind the folder
}

// namePart is a text, or a field in its place.
type namePart struct {
	text   string
	field  string // "hash", "width", "height", "ext"; empty for a text
	digits int    // of a hash
}

var fieldPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{([a-z]*)(?::([0-9]*))?\}`) })

// parseName reads a template. Names made by it differ where the pictures do, and tell their width.
func parseName(text string) (n naming, err error) {
	wrong := func(format string, args ...any) (naming, error) {
		return n, fmt.Errorf("option name: %q %s", text, fmt.Sprintf(format, args...))
	}
	rest, pattern, seen := text, "", map[string]bool{}
	for rest != "" {
		at := fieldPattern().FindStringSubmatchIndex(rest)
		literal := rest
		if at != nil {
			literal = rest[:at[0]]
		}
		if strings.Trim(literal, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") != "" {
			return wrong("has %q beside fields; there may be letters, digits and . _ - /", literal)
		}
		n.parts = append(n.parts, namePart{text: literal})
		if pattern += regexp.QuoteMeta(literal); at == nil {
			break
		}
		p := namePart{field: rest[at[2]:at[3]]}
		size := ""
		if at[4] >= 0 {
			size = rest[at[4]:at[5]]
		}
		one, ok := p.read(size)
		if !ok {
			return wrong("has the field %s; there are {hash:8} (2 to 64 digits), {width}, {height} and {ext}", rest[at[0]:at[1]])
		}
		seen[p.field], pattern, n.digits = true, pattern+one, max(n.digits, p.digits)
		n.parts = append(n.parts, p)
		rest = rest[at[1]:]
	}
	switch {
	case n.digits < 8:
		return wrong("needs a {hash:8} or a longer one, or two pictures have one name")
	case !seen["width"]:
		return wrong("needs {width}, or two sizes have one name")
	case !strings.HasSuffix(text, ".{ext}"):
		return wrong("needs .{ext} at its end, which says what the file is")
	case strings.HasPrefix(text, "/") || strings.Contains("/"+text, "/.") || strings.Contains(text, "//"):
		return wrong("is no name below a folder")
	}
	n.made, err = regexp.Compile("^" + pattern + "$")
	return n, err
}

// read reads a field with what stands behind its colon, and gives the pattern of what it becomes.
func (p *namePart) read(size string) (pattern string, ok bool) {
	switch p.field {
	case "hash":
		if p.digits = 2 * sha256.Size; size != "" {
			p.digits, _ = strconv.Atoi(size)
		}
		if pattern = fmt.Sprintf("[0-9a-f]{%d}", p.digits); p.digits < longHash {
			pattern += fmt.Sprintf("(?:[0-9a-f]{%d})?", longHash-p.digits)
		}
		return pattern, p.digits >= 2 && p.digits <= 2*sha256.Size
	case "width", "height":
		return "[1-9][0-9]*", size == ""
	case "ext":
		return "(?:jpg|png|gif|webp|svg)", size == ""
	}
	return "", false
}

// name is that of a result of the picture with a hash; long spells the longest hash out further.
func (n *naming) name(sum [32]byte, v variant, long bool) string {
	digits := hex.EncodeToString(sum[:])
	var out strings.Builder
	for _, p := range n.parts {
		switch p.field {
		case "hash":
			size := p.digits
			if long && size == n.digits {
				size = max(size, longHash)
			}
			out.WriteString(digits[:size])
		case "width":
			out.WriteString(strconv.Itoa(v.w))
		case "height":
			out.WriteString(strconv.Itoa(v.h))
		case "ext":
			out.WriteString(v.ext)
		default:
			out.WriteString(p.text)
		}
	}
	return out.String()
}

// names remembers which picture each short hash means, for the whole run.
type names struct {
	mu    sync.Mutex
	known map[[8]byte][8]byte // the bytes of the short hash -> the last ones of the whole
}

// isTaken tells whether another picture has a hash that begins with the same digits, and takes them if not.
func (n *names) isTaken(sum [32]byte, digits int) bool {
	var short, rest [8]byte
	if digits >= 2*len(short) {
		return false
	}
	copy(short[:], sum[:digits/2])
	if digits%2 == 1 {
		short[digits/2] = sum[digits/2] & 0xf0
	}
	copy(rest[:], sum[len(sum)-len(rest):])
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = map[[8]byte][8]byte{}
	}
	known, ok := n.known[short]
	if !ok {
		n.known[short] = rest
	}
	return ok && known != rest
}

package images

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Options says which pictures are made, and how articles refer to them. A zero field means its default.
type Options struct {
	Widths         []int    `option:"widths" help:"widths of the srcset, in pixels"`
	Thumb          string   `option:"thumb" help:"one size in place of a srcset: 320x, x240 or 320x240"`
	Fit            string   `option:"fit" help:"how a picture takes both sides of --thumb: inside, cover (cropped), smart (cropped where it shows most) or contain (with a border)" values:"inside,cover,contain,smart"`
	Focus          string   `option:"focus" help:"what a crop of --fit cover keeps: center, top, bottom-left, 30%,70%"`
	Enlarge        bool     `option:"enlarge" help:"make pictures larger than they are, where they are smaller than the size that is wished"`
	Format         string   `option:"format" help:"of the results: source (JPEG and PNG stay, GIF becomes PNG, WebP stays unless it is a photograph, which becomes JPEG), jpeg, png or webp (without loss: for drawings)" values:"source,jpeg,png,webp"`
	Quality        int      `option:"quality" help:"of JPEG, 1 to 100"`
	KeepMetadata   string   `option:"keep-metadata" help:"what results say beside pixels: none (but for a colour profile other than sRGB) or all (EXIF, XMP, comments)" values:"none,all"`
	Animation      string   `option:"animation" help:"animated pictures: keep them moving (a GIF is made smaller frame by frame, others stay as they are), or make pictures of the first frame" values:"keep,first"`
	Sizes          string   `option:"sizes" help:"the attribute sizes of a srcset, in place of one by the picture's width"`
	Links          string   `option:"links" help:"a link around a picture that leads to a larger one, which is what the srcset is made of: keep it, or drop it" values:"keep,drop"`
	Picture        bool     `option:"picture" help:"put <img> into a <picture>, with WebP in a <source>, where that is lighter"`
	MarkdownSrcset bool     `option:"markdown-srcset" help:"write pictures of Markdown as <img>, which can have a srcset"`
	Placeholder    string   `option:"placeholder" help:"what an <img> shows before its picture is there: none, color (the one that it has most of, as its background) or blurhash (an attribute data-blurhash, for a script)" values:"none,color,blurhash"`
	Assets         string   `option:"assets" help:"the folder for pictures, beside the written article; with a leading slash, one for all articles, at the top of what is written"`
	Name           string   `option:"name" help:"the template of the names of made files, with {hash:8} of the picture's content, {width}, {height} and {ext}"`
	BaseURL        string   `option:"base-url" help:"the address where the files of that folder are published; references lead there"`
	Map            []string `option:"map" help:"a rule by which an address of a picture means another place: a regular expression for the whole address => a path below the folder that was named (with ./ beside the article) or an address, where $1 is the first group" keys:"from,to"`
	MaxPixels      int64    `option:"max-pixels" help:"pixels of the largest picture that is decoded"`
	MaxBytes       int64    `option:"max-picture-size" help:"bytes of the largest picture file that is read"`
}

// Defaults are the options of those who have no wishes.
func Defaults() Options {
	return Options{Widths: []int{320, 640, 1280}, Fit: inside, Format: sourceFormat, Quality: defaultQuality,
		KeepMetadata: keepNone, Animation: keepAnimation, Links: keepLinks, Placeholder: noPlaceholder,
		Assets: "assets", Name: defaultName, MaxPixels: defaultMaxPixels, MaxBytes: defaultMaxBytes}
}

// The limits of one picture and of all pictures in hand.
const (
	maxSide          = 16384 // pixels, of a result
	decodeBudget     = 512 << 20
	cacheBudget      = 64 << 20
	defaultMaxPixels = 100_000_000
	defaultMaxBytes  = 32 << 20
	defaultQuality   = 82
)

// The ways in which a picture takes both sides of a thumbnail.
const (
	inside  = "inside"  // as large as fits into the box
	cover   = "cover"   // fills the box; what stands over is cropped
	contain = "contain" // inside, with a border that fills the box
	smart   = "smart"   // cover, cropped where the picture shows most
)

// The formats of results.
const (
	sourceFormat = "source"
	toJPEG       = "jpeg"
	toPNG        = "png"
	toWebP       = "webp"
)

// What stays of metadata, and what becomes of animated pictures.
const (
	keepNone      = "none"
	keepAll       = "all"
	keepAnimation = "keep"
	firstFrame    = "first"
)

// What becomes of links around pictures.
const (
	keepLinks = "keep"
	dropLinks = "drop"
)

// What an <img> shows before its picture is there.
const (
	noPlaceholder       = "none"
	colorPlaceholder    = "color"
	blurhashPlaceholder = "blurhash"
)

// box is a size asked for, in pixels; a side of 0 follows the other one.
type box struct{ w, h int }

// settings are options that have been checked.
type settings struct {
	Options
	thumb  box
	focus  focus
	rules  []mapping
	naming naming
	salt   string // of hashes: options by which results are others than those of the default ones
}

func check(o Options) (settings, error) {
	s := settings{Options: o}
	if err := s.checkSizes(); err != nil {
		return s, err
	}
	if s.Quality == 0 {
		s.Quality = defaultQuality
	}
	if s.Quality < 1 || s.Quality > 100 {
		return s, fmt.Errorf("option quality: %d is not in 1 to 100", s.Quality)
	}
	if s.MaxPixels < 0 || s.MaxBytes < 0 {
		return s, fmt.Errorf("options max-pixels, max-picture-size: a limit can't be negative")
	}
	if s.MaxPixels == 0 {
		s.MaxPixels = defaultMaxPixels
	}
	if s.MaxBytes == 0 {
		s.MaxBytes = defaultMaxBytes
	}
	if err := errors.Join(oneOf("links", &s.Links, keepLinks, dropLinks), oneOf("format", &s.Format, sourceFormat, toJPEG, toPNG, toWebP),
		oneOf("placeholder", &s.Placeholder, noPlaceholder, colorPlaceholder, blurhashPlaceholder),
		oneOf("keep-metadata", &s.KeepMetadata, keepNone, keepAll), oneOf("animation", &s.Animation, keepAnimation, firstFrame)); err != nil {
		return s, err
	}
	s.salt = s.differences()
	return s, s.checkPlaces()
}

// differences names the options by which a result of a width is another one than with the default ones.
func (s *settings) differences() string {
	var all []string
	if s.thumb.w > 0 && s.thumb.h > 0 && s.Fit != inside {
		all = append(all, s.Thumb, s.Fit, s.Focus)
	}
	if s.Quality != defaultQuality {
		all = append(all, strconv.Itoa(s.Quality))
	}
	if s.KeepMetadata != keepNone {
		all = append(all, s.KeepMetadata)
	}
	return strings.Join(all, " ")
}

// salted is the hash by which results are named, of that of the original's bytes.
func (s *settings) salted(sum [32]byte) [32]byte {
	if s.salt == "" {
		return sum
	}
	return sha256.Sum256(append(sum[:], s.salt...))
}

// oneOf checks an option that is one of several words, of which the first is the default.
func oneOf(option string, value *string, words ...string) error {
	if *value == "" {
		*value = words[0]
	}
	if !slices.Contains(words, *value) {
		return fmt.Errorf("option %s: %q is none of %s", option, *value, strings.Join(words, ", "))
	}
	return nil
}

func (s *settings) checkSizes() error {
	if len(s.Widths) == 0 {
		s.Widths = []int{320, 640, 1280}
	}
	s.Widths = slices.Compact(slices.Sorted(slices.Values(s.Widths)))
	for _, w := range s.Widths {
		if w < 1 || w > maxSide {
			return fmt.Errorf("option widths: %d is not in 1 to %d", w, maxSide)
		}
	}
	err := oneOf("fit", &s.Fit, inside, cover, contain, smart)
	if err != nil {
		return err
	}
	if s.focus, err = parseFocus(s.Focus); err != nil {
		return err
	}
	if s.Focus != "" && s.Fit != cover {
		return fmt.Errorf("option focus: it is for fit cover, and fit is %s", s.Fit)
	}
	if s.Thumb != "" {
		s.thumb, err = parseBox(s.Thumb)
	}
	return err
}

// checkPlaces checks where pictures come from and go to.
func (s *settings) checkPlaces() (err error) {
	if s.Assets == "" {
		s.Assets = "assets"
	}
	clean := path.Clean(strings.ReplaceAll(s.Assets, `\`, "/"))
	if below := strings.TrimPrefix(clean, "/"); below == "" || below == "." || below == ".." || strings.HasPrefix(below, "../") ||
		strings.HasPrefix(below, "/") || strings.ContainsAny(below, ":\x00") {
		return fmt.Errorf("option assets: %q is not a folder below the article's, nor with a leading slash one below that of all articles", s.Assets)
	}
	s.Assets = clean
	if s.BaseURL != "" {
		if s.BaseURL, err = baseURL(s.BaseURL); err != nil {
			return err
		}
	}
	if s.Name == "" {
		s.Name = defaultName
	}
	if s.naming, err = parseName(s.Name); err != nil {
		return err
	}
	s.rules, err = parseMap(s.Map)
	return err
}

// parseBox reads "320x", "x240" or "320x240".
func parseBox(text string) (box, error) {
	bad := fmt.Errorf("option thumb: %q is not a size like 320x, x240 or 320x240, with sides of 1 to %d", text, maxSide)
	w, h, ok := strings.Cut(text, "x")
	if !ok || w == "" && h == "" {
		return box{}, bad
	}
	var b box
	for _, side := range []struct {
		text string
		to   *int
	}{{w, &b.w}, {h, &b.h}} {
		if side.text == "" {
			continue
		}
		n, err := strconv.Atoi(side.text)
		if err != nil || n < 1 || n > maxSide {
			return box{}, bad
		}
		*side.to = n
	}
	return b, nil
}

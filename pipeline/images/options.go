package images

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Options says which pictures are made. A zero field means its default.
type Options struct {
	Widths    []int  // of the srcset, in pixels; default 320, 640, 1280
	Thumb     string // one size in place of Widths: "320x", "x240", "320x240"
	Fit       string // how a picture takes both sides of Thumb: inside (default), cover, contain
	Quality   int    // of JPEG, 1 to 100, default 82
	MaxPixels int64  // of the largest picture that is decoded, default 100,000,000
	MaxBytes  int64  // of the largest picture file that is read, default 32 MiB
	Assets    string // the folder of the pictures beside the article, default "assets"
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
)

// box is a size asked for, in pixels; a side of 0 follows the other one.
type box struct{ w, h int }

// settings are options that have been checked.
type settings struct {
	Options
	thumb box
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
	return s, s.checkAssets()
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
	if s.Fit == "" {
		s.Fit = inside
	}
	if s.Fit != inside && s.Fit != cover && s.Fit != contain {
		return fmt.Errorf("option fit: %q is none of inside, cover, contain", s.Fit)
	}
	var err error
	if s.Thumb != "" {
		s.thumb, err = parseBox(s.Thumb)
	}
	return err
}

func (s *settings) checkAssets() error {
	if s.Assets == "" {
		s.Assets = "assets"
	}
	clean := path.Clean(strings.ReplaceAll(s.Assets, `\`, "/"))
	if path.IsAbs(clean) || clean == "." || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(clean, ":\x00") {
		return fmt.Errorf("option assets: %q is not a folder below the article's", s.Assets)
	}
	s.Assets = clean
	return nil
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

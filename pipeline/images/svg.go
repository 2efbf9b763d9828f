package images

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"copydesk/pipeline"
)

// An SVGCleaner takes out of an SVG what may do more than show a picture, wherever it is opened, and names
// that. Its error says why the file can't be cleaned.
type SVGCleaner func(data []byte) (clean []byte, removed []string, err error)

// CleanSVG names who cleans the SVG files that are stored. Before that, they are refused.
func (m *Maker) CleanSVG(clean SVGCleaner) { m.cleanSVG = clean }

// What is wrong with an SVG.
var (
	errNoCleaner = errors.New("it is an SVG, and there is nothing to clean it with")
	errSVGName   = errors.New("it is an SVG under the name of another format, which browsers don't show")
)

// fillSVG cleans an SVG, which is never made smaller.
func (m *Maker) fillSVG(result *made, data []byte) error {
	result.svg, result.format = true, formatSVG
	if m.cleanSVG == nil {
		return errNoCleaner
	}
	clean, removed, err := m.cleanSVG(data)
	if err != nil {
		return fmt.Errorf("it is an SVG that can't be cleaned: %w", err)
	}
	result.clean, result.active = bytes.Clone(clean), removed // What was read is overwritten by the next file.
	result.w, result.h = svgSides(clean)
	return nil
}

// svgPattern matches the attributes of the first tag that say how large a picture is, in pixels.
var svgPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[ \t\r\n](width|height|viewBox)[ \t\r\n]*=[ \t\r\n]*["'][ \t\r\n]*([-+0-9., eE]+?)[ \t\r\n]*(px)?[ \t\r\n]*["']`)
})

// svgSides tells the sides of an SVG in whole pixels, by its width and height or else by its viewBox; 0 where it has none.
func svgSides(data []byte) (w, h int) {
	_, tag, _ := bytes.Cut(data, []byte("<svg"))
	tag, _, _ = bytes.Cut(tag, []byte(">"))
	sides := map[string]float64{}
	for _, m := range svgPattern().FindAllSubmatch(tag, -1) {
		name, numbers := string(m[1]), strings.FieldsFunc(string(m[2]), func(r rune) bool { return r == ' ' || r == ',' })
		switch {
		case name == "viewBox" && len(numbers) == 4:
			sides["viewWidth"], _ = strconv.ParseFloat(numbers[2], 64)
			sides["viewHeight"], _ = strconv.ParseFloat(numbers[3], 64)
		case name != "viewBox" && len(numbers) == 1:
			sides[name], _ = strconv.ParseFloat(numbers[0], 64)
		}
	}
	for _, names := range [][2]string{{"width", "height"}, {"viewWidth", "viewHeight"}} {
		if width, height := sides[names[0]], sides[names[1]]; width >= 1 && height >= 1 && width <= maxSide && height <= maxSide {
			return int(math.Round(width)), int(math.Round(height))
		}
	}
	return 0, 0
}

// svg leaves the reference to an SVG as it is, and carries a clean copy to the output where originals are.
func (a *article) svg(ref reference, m *made) {
	if isPictureName(ref.place) && !strings.EqualFold(extension(ref.place), ".svg") {
		a.failed(ref, m, errSVGName)
		return
	}
	note, found := "", strings.Join(m.active, ", ")
	switch f := a.files[ref.place]; {
	case IsRemote(ref.place):
		note = "an SVG that does not say how large it is is left where it is"
		a.report(pipeline.Info, ref.at, fmt.Sprintf("picture %q: %s", ref.url, note))
	case found != "" && f != nil && f.Copy != "":
		note = "the copy of this SVG is without " + found
		a.report(pipeline.Warning, ref.at, fmt.Sprintf("picture %q: %s", ref.url, note))
	case found != "":
		note = "this SVG, which stays where it is, holds " + found
		a.report(pipeline.Warning, ref.at, fmt.Sprintf("picture %q: %s", ref.url, note))
	}
	a.keep(ref)
	a.stays(ref, m, note, false)
}

// storable gives what is stored of an original that is carried to the output: nil is the file itself, and
// of an SVG, which is looked at here if it was not before, what is clean of it. One that can't be cleaned is not
// stored, and reported.
func (a *article) storable(ref reference) (data []byte, ok bool) {
	for _, how := range []sizes{allSizes, widest, ownSize} {
		if m, known := a.pictures[want{ref.place, how}]; known {
			return m.clean, !m.svg || m.err == nil
		}
	}
	if !strings.EqualFold(extension(ref.place), ".svg") {
		return nil, true
	}
	m, err := a.made(ref.place, ownSize)
	if err != nil {
		return nil, false
	}
	if m.err != nil {
		a.result.Failed++
		a.report(pipeline.Error, ref.at, fmt.Sprintf("picture %q not copied: %v", ref.url, m.err))
	}
	return m.clean, m.err == nil
}

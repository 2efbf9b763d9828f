package sanitize

import (
	"encoding/xml"
	"regexp"
	"strings"
	"sync"

	"copydesk/pipeline/markup"
)

// svgElements are those of SVG 1.1, SVG 2 and the filters module that show something, or say how; of SVG 1.2
// what Inkscape writes, which browsers don't show.
var svgElements = sync.OnceValue(func() map[string]bool {
	return words(`svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath tref title
desc metadata image switch a view style marker mask clipPath pattern linearGradient radialGradient meshgradient mesh meshrow
meshpatch stop solidcolor filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence animate animateTransform animateMotion
animateColor set mpath font font-face font-face-format font-face-name font-face-src glyph glyphRef missing-glyph hkern vkern
altGlyph altGlyphDef altGlyphItem cursor hatch hatchpath flowRoot flowRegion flowPara flowSpan flowDiv flowLine foreignObject`)
})

// svgHTML are the elements of HTML that stand in a foreignObject, where diagrams have their labels.
var svgHTML = sync.OnceValue(func() map[string]bool {
	return words(`div span p br hr b i em strong small sub sup u s code pre blockquote ul ol li dl dt dd table thead tbody
tfoot tr td th caption h1 h2 h3 h4 h5 h6 section article figure figcaption center font a label`)
})

func words(text string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		all[word] = true
	}
	return all
}

// svgElement tells whether an element may stay. Those of namespaces in which nothing happens may: editors
// keep their notes in them.
func svgElement(name xml.Name) bool {
	switch name.Space {
	case nsSVG, "":
		return svgElements()[name.Local]
	case nsXHTML:
		return svgHTML()[name.Local]
	case nsMath:
		return false
	}
	local := strings.ToLower(name.Local)
	return local != "script" && local != "handler" && local != "listener" && local != "stylesheet"
}

// animatesAddress tells whether an element changes an address or a handler of another one.
func animatesAddress(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if strings.EqualFold(a.Name.Local, "attributeName") {
			name := strings.ToLower(strings.TrimSpace(a.Value))
			name = name[strings.LastIndexByte(name, ':')+1:]
			if name == "href" || name == "src" || strings.HasPrefix(name, "on") {
				return true
			}
		}
	}
	return false
}

// picturePattern is a picture that stands in its address; none that is a document itself.
var picturePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^data:image/(png|jpe?g|gif|webp|avif|bmp)[;,]`)
})

// svgAttribute tells why an attribute must go; empty for one that may stay.
func svgAttribute(of xml.Name, a xml.Attr) (why string) {
	name, value := strings.ToLower(a.Name.Local), browserTrim(a.Value)
	switch {
	case a.Name.Space == "xmlns" || a.Name.Space == "" && name == "xmlns":
		return ""
	case strings.HasPrefix(name, "on"):
		return "attribute " + shortName(a.Name.Local)
	case name == "base" && (a.Name.Space == "xml" || strings.HasSuffix(a.Name.Space, "/namespace")):
		return "attribute xml:base"
	case name == "href" || name == "src":
		if strings.HasPrefix(value, "#") || value == "" || svgAddress(of.Local, value) {
			return ""
		}
		return "an address outside of the file"
	}
	switch name {
	case "action", "formaction", "data", "srcdoc", "srcset", "poster", "background", "ping", "manifest", "codebase", "code", "archive", "classid", "longdesc":
		return "attribute " + shortName(a.Name.Local)
	}
	if markup.ScriptScheme(value) != "" {
		return "a script's address"
	}
	if (name == "style" || strings.Contains(strings.ToLower(a.Value), "url(") || strings.Contains(a.Value, `\`) && svgStyles(name)) && !plainStyle(a.Value) {
		return "styles from elsewhere"
	}
	return ""
}

// svgAddress tells whether an element may have an address outside of the file: a link any of the web, a
// picture one that stands in the address itself.
func svgAddress(element, value string) bool {
	switch element {
	case "a":
		s := scheme(value)
		return s == "" || s == "http" || s == "https" || s == "mailto"
	case "image", "feImage":
		return picturePattern().MatchString(value)
	}
	return false
}

// svgStyles tells whether an attribute is a property of CSS that takes an address.
func svgStyles(name string) bool {
	switch name {
	case "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start", "marker-mid", "marker-end", "color-profile":
		return true
	}
	return false
}

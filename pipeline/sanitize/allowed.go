package sanitize

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// What any policy may keep. These lists are closed: what does not stand here has not been looked at, and
// a policy that names it is refused.
const (
	knownElements = "address article aside blockquote center details div dl dd dt figcaption figure footer h1 h2 h3 h4 h5 h6 header " +
		"hgroup hr li main nav ol p pre section summary ul table caption colgroup col thead tbody tfoot tr td th a abbr acronym b bdi bdo " +
		"big br cite code data del dfn em fieldset font i input ins kbd label legend mark meter output progress q rb rp rt rtc ruby s samp small span " +
		"strike strong sub sup time tt u var wbr audio img picture source track video"
	knownAttributes = "abbr align alt aria-activedescendant autoplay axis bgcolor border cellpadding cellspacing char charoff checked cite class clear color " +
		"cols colspan compact controls crossorigin datetime decoding default dir disabled download face fetchpriority for frame headers height hidden " +
		"high href hreflang hspace id itemprop itemscope itemtype kind label lang loading loop low max media min muted name nowrap noshade " +
		"open optimum playsinline poster preload referrerpolicy rel reversed role rows rowspan rules scope size sizes span src srclang srcset " +
		"start summary tabindex target title translate type valign value vspace width"
)

var knownElement, knownAttribute = sync.OnceValue(func() map[string]bool { return wordSet(knownElements) }),
	sync.OnceValue(func() map[string]bool { return wordSet(knownAttributes) })

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// refusals are the reasons why no policy may keep an element, by the elements.
var refusals = []struct{ names, why string }{
	{"script", "it runs script"},
	{"style link", "a style sheet changes the page around the article"},
	{"object embed applet frame frameset portal fencedframe param", "it embeds a page or a program"},
	{"iframe", "it embeds a page; name the hosts that may be embedded under embeds"},
	{"base meta html head body", "it belongs to the page around the article"},
	{"template slot noscript", "what stands in it is something else to a parser with scripts and to one without"},
	{"svg math foreignobject desc mi mo mn ms mtext mglyph annotation-xml", "it takes parsers into another language, in which HTML's rules do not hold"},
	{"title textarea xmp plaintext noembed noframes listing", "what stands in it is text to one parser and markup to another"},
	{"form button select option optgroup datalist keygen isindex", "it sends what readers type to somebody"},
	{"canvas dialog marquee bgsound area map", "it has no use in an article without scripts"},
}

// unknown is the reason against what may be misspelt.
const unknown = "copydesk does not know it"

// refusedElement says why no policy may keep an element; "" when one may.
func refusedElement(name string) string {
	if knownElement()[name] {
		return ""
	}
	for _, r := range refusals {
		if wordSet(r.names)[name] {
			return r.why
		}
	}
	return unknown
}

// refusedAttribute says why no policy may keep an attribute; "" when one may.
func refusedAttribute(name string) string {
	switch name {
	case "style":
		return "what it may say goes under styles"
	case "srcdoc":
		return "it holds a page with scripts of its own"
	case "action", "formaction", "form", "ping", "data", "background", "longdesc", "usemap", "manifest", "codebase", "classid", "archive",
		"profile", "lowsrc", "dynsrc", "imagesrcset", "icon", "xlink:href", "srcobject":
		return "it is an address that nobody checks"
	case "http-equiv", "content", "autofocus", "contenteditable", "sandbox", "allow", "allowfullscreen", "is", "nonce", "integrity":
		return "it gives the page around the article other rights or another state"
	}
	data, isData := strings.CutPrefix(name, "data-")
	switch {
	case strings.HasPrefix(name, "on"):
		return "event handlers run script"
	case knownAttribute()[name], strings.HasPrefix(name, "aria-") && isKey(name):
		return ""
	case isData && isKey(data) && !scripted(data):
		return ""
	case isData:
		return "scripts of a page could take it for a program"
	}
	return unknown
}

// scripted tells of the data- attributes by which frameworks bind programs.
func scripted(name string) bool {
	for _, p := range []string{"bind", "on", "action", "hx", "ng", "x", "v", "bs", "target", "toggle", "controller", "reactid", "html", "template", "content", "src", "href", "url"} {
		if name == p || strings.HasPrefix(name, p+"-") {
			return true
		}
	}
	return false
}

func isKey(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// refusedProperty says why no policy may keep a CSS property; "" when one may.
func refusedProperty(name string) string {
	switch {
	case name == "behavior", strings.HasSuffix(name, "binding"):
		return "it runs script"
	case name == "position", name == "inset", name == "z-index", name == "all":
		return "it takes the element out of the article, over the page around it"
	case strings.HasPrefix(name, "-"):
		return "bluemonday takes a property with a vendor's prefix for the one without; name that"
	case !isKey(name):
		return "that is no name of a property"
	}
	return ""
}

// refusedScheme says why addresses of no policy may have a scheme; "" when they may.
func refusedScheme(name string) string {
	switch name {
	case "javascript", "vbscript", "livescript", "mocha", "jar", "view-source", "ms-its", "mhtml", "mk":
		return "such addresses run script"
	case "data", "blob", "filesystem":
		return "such addresses hold content of their own, scripts too"
	case "file", "about", "chrome", "resource", "res":
		return "such addresses lead into the reader's own machine"
	}
	if name == "" || scheme(name+":") != name {
		return "that is no scheme; one is written as https"
	}
	return ""
}

// addresses are the attributes that hold addresses.
var addresses = map[string]string{"href": "url", "src": "url", "cite": "url", "poster": "url", "srcset": "srcset"}

// checked tells whether bluemonday itself looks at the scheme of the address in an attribute.
func checked(element, attribute string) bool {
	switch attribute {
	case "href":
		return element == "a"
	case "cite":
		return slices.Contains([]string{"blockquote", "del", "ins", "q"}, element)
	case "src":
		return slices.Contains([]string{"audio", "img", "track", "video"}, element)
	}
	return false
}

// carriers are the elements on which addresses make sense, by attribute.
var carriers = map[string]string{"href": "a", "src": "img audio video track source", "cite": "blockquote q del ins", "poster": "video", "srcset": "img source"}

// knownNames are those that a word could be a misspelling of.
func knownNames(set map[string]bool, more ...string) []string {
	return append(slices.Sorted(maps.Keys(set)), more...)
}

package rules

import (
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/repair"
)

var unknownAttribute = lint.Rule{
	Code: "HT003", Name: "unknown-attribute", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `An HTML element has an attribute that HTML does not know.

Browsers ignore it, and a sanitizer removes it. Editors of old sites wrote w and h for the size
of a picture, for one: the page then jumps while its pictures load.`,
	Bad:  "<p><img src=\"https://example.com/rain.png\" alt=\"rain\" w=\"600\" h=\"400\"></p>\n",
	Good: "<p><img src=\"https://example.com/rain.png\" alt=\"rain\" width=\"600\" height=\"400\"></p>\n",
	New:  func() lint.Checker { return &strangeAttribute{} },
}

type strangeAttribute struct {
	Allow []string `option:"allow" help:"attributes that are not reported"`
}

func (c *strangeAttribute) Check(p *lint.Pass) {
	if isMDX(p) { // Its attributes are those of React.
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		if !htmlElements()[e.Name] || markup.IsComponent(p.Text(), e) || markup.IsTemplate(p.Text(), e) {
			continue
		}
		for a := range firsts(e, func(a *markup.Attr) bool { return !c.known(a.Name) }) {
			written := string(a.NameSpan.Of(p.Text()))
			jsx := written != a.Name && written[0] == a.Name[0] // className
			if !jsx && !isForeign(all, e) {
				c.report(p, e, a)
			}
		}
	}
}

func (c *strangeAttribute) report(p *lint.Pass, e *markup.Element, a *markup.Attr) {
	if f, ok := repair.Misnamed(p.Body(), e, a); ok {
		reportRepairs(p, []repair.Found{f}, pipeline.Unsafe)
		return
	}
	p.Report(a.NameSpan, "HTML knows no attribute %q", a.Name)
}

// known tells whether HTML, ARIA or a framework's convention knows the attribute. Event handlers
// are known, too: they are another rule's business.
func (c *strangeAttribute) known(name string) bool {
	for _, prefix := range []string{"data-", "aria-", "on", "v-", "x-", "hx-", "ng-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	if strings.ContainsAny(name, ":@#*[({%$") || htmlAttributes()[name] {
		return true
	}
	for _, a := range c.Allow {
		if strings.EqualFold(a, name) {
			return true
		}
	}
	return false
}

// The elements and attributes of the HTML standard (html.spec.whatwg.org, indices), the obsolete ones
// included, with those of RDFa and microdata and a few that browsers, kramdown (markdown) and Vue (key) know beyond it.
var (
	htmlElements = sync.OnceValue(func() map[string]bool {
		return words(`a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big
			blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del
			details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset
			h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd label legend li link
			listing main map mark marquee menu meta meter multicol nav nobr noembed noframes noscript object ol
			optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search
			section select slot small source spacer span strike strong style sub summary sup table tbody td
			template textarea tfoot th thead time title tr track tt u ul var video wbr xmp`)
	})
	htmlAttributes = sync.OnceValue(func() map[string]bool {
		return words(`abbr about accept accept-charset accesskey action align alink allow allowfullscreen alpha alt
			archive as async autocapitalize autocomplete autocorrect autofocus autoplay axis background behavior
			bgcolor blocking border bordercolor bottommargin cellpadding cellspacing challenge char charoff charset
			checked cite class classid clear closedby code codebase codetype color colorspace cols colspan command
			commandfor compact content contenteditable controls controlslist coords crossorigin data datafld
			dataformatas datapagesize datasrc datatype datetime declare decoding default defer dir direction
			dirname disabled disablepictureinpicture disableremoteplayback download draggable elementtiming enctype
			enterkeyhint event exportparts face fetchpriority for form formaction formenctype formmethod
			formnovalidate formtarget frame frameborder headers headingoffset headingreset height hidden high href
			hreflang hspace http-equiv icon id imagesizes imagesrcset inert inlist inputmode integrity is ismap
			itemid itemprop itemref itemscope itemtype key keytype kind label lang language leftmargin link list loading
			longdesc loop loopdelay low lowsrc marginheight marginwidth markdown max maxlength media method methods min
			minlength mozallowfullscreen multiple muted name nohref nomodule nonce noresize noshade novalidate
			nowrap object open optimum part pattern ping placeholder playsinline popover popovertarget
			popovertargetaction poster prefix preload profile prompt property readonly referrerpolicy rel required
			resource rev reversed rightmargin role rows rowspan rules sandbox scheme scope scrollamount scrolldelay
			scrolling selected shadowrootclonable shadowrootdelegatesfocus shadowrootmode shadowrootserializable
			shape size sizes slot span spellcheck src srcdoc srclang srcset standby start step style summary
			tabindex target text title topmargin translate truespeed type typemustmatch typeof urn usemap valign
			value valuetype version vlink vocab vspace webkitallowfullscreen width wrap writingsuggestions xmlns`)
	})
)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

package sanitize

// The patterns of attribute values. An address that bluemonday does not check itself (it knows href,
// cite and src, and those not on source) must be http, https or relative to pass.
const (
	anchor    = `[^\s<>"'&]+`
	ident     = `[\p{L}\p{N}_.:-]+`
	idents    = `\s*[\p{L}\p{N}_.:-]+(?:\s+[\p{L}\p{N}_.:-]+)*\s*`
	boolean   = `(?i)|true|[a-z]+`
	integer   = `-?[0-9]{1,9}`
	span      = `0*(?:[0-9]{1,3}|1000)`
	length    = `\s*[0-9]{1,5}(?:\.[0-9]{1,5})?(?:px|%)?\s*`
	dateTime  = `[0-9A-Za-z:.,+ -]{1,64}`
	language  = `[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*|`
	mediaType = `[\w.+-]+/[\w.+-]+(?:\s*;[\w\s.+=",-]*)?`
	query     = `[\w\s().,:<>=%/*+-]*`
	address   = `(?i:https?:)//\S*|[^\s:/?#]*(?:[/?#]\S*)?`
	candidate = `(?:` + address + `)(?:\s+[0-9.]+[wxhWXH])*`
	srcset    = `\s*` + candidate + `(?:\s*,\s*` + candidate + `)*\s*`
	codeClass = `(?:[\s;:]*(?:language-[^\s<>"'&]+|(?:language|lang|brush|highlight|highlighter|source|sourceCode|src|toolbar|hljs|prettyprint|chroma|code|numberSource|line-numbers|linenums|prism|lineno)[\w:;#+.-]*|[a-z][a-z0-9+#-]{0,15}))*\s*`
	syntax    = `\s*(?:hljs(?:-[\w-]+)?[\w\s-]*|token [\w\s-]+|(?:[a-z][a-z0-9]{0,2}|kwd|str|com|typ|lit|pun|pln|tag|atn|atv|dec|line|lnt)(?:\s+[a-z0-9]{1,3})*)\s*`
)

const (
	headings = "h1 h2 h3 h4 h5 h6"
	blocks   = "address article aside blockquote center details div dl dd dt figcaption figure footer header hgroup hr li main nav ol p pre section summary ul " + headings
	cells    = "table caption colgroup col thead tbody tfoot tr td th"
	inline   = "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr"
	media    = "audio img picture source track video"
)

// article is the default policy: what an article is made of, with every alt and title.
var article = definition{
	elements: blocks + " " + cells + " " + inline + " " + media + " input",
	schemes:  []string{"http", "https", "mailto", "tel", "sms", "ftp", "ftps", "irc", "ircs", "xmpp", "news", "geo", "magnet"},
	comments: true,
	attrs: []attrs{
		{"title", "", ""},
		{"id", anchor, ""},
		{"lang", language, ""},
		{"dir", `(?i:ltr|rtl|auto)`, ""},
		{"translate", `(?i:yes|no)?`, ""},
		{"role", `[a-z-]+(?: [a-z-]+)*`, ""},
		{"aria-label", "", ""},
		{"aria-hidden", `true|false`, ""},
		{"aria-describedby aria-labelledby", idents, ""},
		{"align", `(?i:left|right|center|justify|char|top|middle|bottom|baseline|texttop|absmiddle|absbottom)`, blocks + " " + cells + " img"},
		{"class", codeClass, "pre code"},
		{"class", syntax, "span"},
		{"class", `footnotes?(?:-[\w-]+)?|task-list-item|contains-task-list|task-list`, "a div section sup li ul ol"},

		{"href", "", "a"},
		{"name", anchor, "a"},
		{"target", `(?i:_blank|_self|_parent|_top)`, "a"},
		{"rel", idents, "a"},
		{"hreflang", language, "a"},
		{"type", mediaType, "a source"},
		{"cite", "", "blockquote q del ins"},
		{"datetime", dateTime, "time del ins"},
		{"value", "", "data"},
		{"color", `#?[0-9A-Za-z]{1,32}`, "font"},
		{"open", boolean, "details"},

		{"start", integer, "ol"},
		{"reversed", boolean, "ol"},
		{"type", `[1aAiI]|(?i:circle|disc|square|none)`, "ol ul li"},
		{"value", integer, "li"},

		{"colspan rowspan", span, "td th"},
		{"span", span, "col colgroup"},
		{"headers", idents, "td th"},
		{"abbr", "", "td th"},
		{"scope", `(?i:row|col|rowgroup|colgroup)`, "th td"},
		{"nowrap", boolean, "td th"},
		{"valign", `(?i:top|middle|bottom|baseline)`, cells},
		{"width height", length, cells + " img video source"},
		{"border cellpadding cellspacing", length, "table"},
		{"border", length, "img"},
		{"summary", "", "table"},
		{"style", `(?i)\s*text-align\s*:\s*(?:left|right|center)\s*;?\s*`, "td th"},

		{"src", "", "img audio video track"},
		{"src", address, "source"},
		{"srcset", srcset, "img source"},
		{"poster", address, "video"},
		{"alt", "", "img"},
		{"sizes media", query, "img source"},
		{"loading", `(?i:lazy|eager)`, "img"},
		{"decoding", `(?i:sync|async|auto)`, "img"},
		{"fetchpriority", `(?i:high|low|auto)`, "img"},
		{"referrerpolicy", `(?i:[a-z-]+)?`, "a img video audio"},
		{"controls loop muted playsinline", boolean, "audio video"},
		{"preload", `(?i:none|metadata|auto)?`, "audio video"},
		{"kind", `(?i:subtitles|captions|descriptions|chapters|metadata)`, "track"},
		{"srclang", language, "track"},
		{"label", "", "track"},
		{"default", boolean, "track"},

		// The boxes of Markdown's task lists.
		{"type", `(?i:checkbox)`, "input"},
		{"checked disabled", boolean, "input"},
	},
}

// basic keeps the structure of text and its links, and nothing that is fetched.
var basic = definition{
	elements: "p br hr blockquote pre code ul ol li dl dt dd strong em b i s u del ins sub sup kbd mark a " + headings,
	schemes:  []string{"http", "https", "mailto"},
	attrs: []attrs{
		{"href", "", "a"},
		{"title", "", "a"},
		{"lang", language, ""},
		{"dir", `(?i:ltr|rtl|auto)`, ""},
		{"start", integer, "ol"},
		{"class", `language-[\w#+.-]+`, "code"},
	},
}

// strict keeps text only.
var strict = definition{}

package markdown

// Options say what of HTML is left in the Markdown, and how that is spelled. The zero value is what is needed to say
// the same, in the plainest spelling.
type Options struct {
	HTML       HTML
	Attrs      Attrs
	HTMLTables bool // tables are HTML with Markdown in their cells
	CJK        bool // marks of emphasis stand where a markup.Rendering with CJK reads them, in place of tags
	Unproven   bool // it is not read back, so that nobody knows whether it says the same
	Wrap       int  // columns at which lines of text are broken, 0 for not at all
}

// HTML says which elements are HTML in Markdown.
type HTML byte

// The ways to have HTML in Markdown.
const (
	Needed HTML = iota // those that Markdown can't say otherwise, so that nothing of what a reader sees is lost
	Never              // none: what Markdown can't say is lost, and told
	Keep               // also those of which Markdown would lose something that readers do not see; and comments in text
)

// Attrs says for the sake of which attributes an element is left as HTML, with all its attributes. Those that
// Markdown has a place for never are a reason.
type Attrs byte

// The attributes that count.
const (
	Drop     Attrs = iota // none
	Semantic              // those that say something: title, lang, datetime, cite and the like
	All
)

// keeps tells whether there are elements that are left as HTML though Markdown could show what they show.
func (o Options) keeps() bool { return o.HTML == Keep || o.Attrs != Drop }

package sanitize

// HTML is HTML that is safe to publish. Only a policy makes it, or Trust.
type HTML struct{ text string }

// String is the HTML.
func (h HTML) String() string { return h.text }

// Trust takes HTML for safe on the word of whoever calls: for content that the user vouches for.
func Trust(fragment string) HTML { return HTML{fragment} }

// HTML makes a fragment safe. Its error says why that could not be done.
func (p *Policy) HTML(fragment []byte) (HTML, error) {
	out, err := p.cleanHTML(fragment)
	if err != nil {
		return HTML{}, err
	}
	return HTML{string(out.result)}, nil
}

// Rendered makes safe what markup.Render gives. What Clean has passed as Markdown stays to the byte.
func (p *Policy) Rendered(shown []byte) (HTML, error) {
	if _, fault, err := p.judge(shown); err == nil && fault == nil {
		return HTML{string(shown)}, nil
	}
	return p.HTML(shown)
}

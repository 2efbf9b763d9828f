package markdown

// markOf is the mark of an element, or 0.
func markOf(name string) marks {
	switch name {
	case "b":
		return strong
	case "i":
		return emphasis
	case "s", "strike":
		return deleted
	case "tt":
		return code
	}
	for i, tag := range markTags {
		if tag == name {
			return 1 << i
		}
	}
	return 0
}

// isHidden tells whether browsers show nothing of an element.
func isHidden(name string) bool {
	switch name {
	case "script", "style", "template", "title", "meta", "link", "base", "head",
		"select", "datalist", "textarea", "input", "wbr", "source", "track", "param":
		return true
	}
	return false
}

// isBlock tells whether an element that is nothing itself stands on lines of its own.
func isBlock(name string) bool {
	switch name {
	case "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "address", "form",
		"fieldset", "hgroup", "body", "html", "legend", "search", "dialog", "caption", "li", "dt", "dd", "tr", "figure", "figcaption",
		"h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "ul", "ol", "menu", "dir", "dl", "table", "details", "summary", "td", "th":
		return true
	}
	return false
}

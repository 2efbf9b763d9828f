package markup

// readMarkdown fills in the outline of a Markdown body.
func readMarkdown(b *Body) {}

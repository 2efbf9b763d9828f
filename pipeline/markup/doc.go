// Package markup reads and writes the bodies of articles: Markdown and HTML. It finds out which of
// the two a body is, gives its headings, links, pictures and elements with their places in bytes,
// and turns the one into the other.
//
// Nothing here changes a document. Whoever wants to edit takes a span and makes an edit of it.
package markup

// Package page writes an article as a whole HTML page: from the built-in template, or from one of the user's
// own, which is a text for html/template. The body of a page is a sanitize.HTML and nothing else; everything
// that front matter says is data, escaped for the place that it goes to.
package page

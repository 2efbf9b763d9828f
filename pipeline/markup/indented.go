package markup

import "copydesk/pipeline"

// IndentedCode returns the spans in body (HTML) that CommonMark would read as indented code,
// were the body taken for Markdown.
func IndentedCode(body []byte) []pipeline.Span { return nil }

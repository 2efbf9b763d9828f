package sanitize

import (
	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

func (p *Policy) cleanMarkdown(d *pipeline.Document, b *markup.Body) (cleaned, error) {
	return cleaned{}, nil
}

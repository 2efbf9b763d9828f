package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var thumbnailEqualsImage = lint.Rule{
	Code: "MT012", Name: "thumbnail-equals-image", Group: metadata, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `The thumbnail is the picture itself.

Lists that show it load the picture in full size for a small place. Make a thumbnail, or leave the key out.`,
	Bad:  "---\ntitle: Rain\nimage: rain.png\nthumbnail: rain.png\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nimage: rain.png\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &sameImage{Thumbnails: []string{"thumbnail", "thumb"}, Images: []string{"image", "headimg", "cover", "banner", "hero"}}
	},
}

type sameImage struct {
	Thumbnails []string `option:"thumbnails" help:"front matter keys that name a thumbnail"`
	Images     []string `option:"images" help:"front matter keys that name the picture"`
}

func (c *sameImage) Check(p *lint.Pass) {
	m := p.Matter()
	topEntries(m, c.Thumbnails, func(thumbnail *matter.Entry) {
		if thumbnail.Value.Kind != matter.String || thumbnail.Value.Value == "" {
			return
		}
		done := false
		topEntries(m, c.Images, func(e *matter.Entry) {
			if !done && e.Value.Kind == matter.String && e.Value.Value == thumbnail.Value.Value {
				p.ReportFix(thumbnail.Value.Span, thumbnail.Key+" is the same picture as "+e.Key, entryFix(m, thumbnail)...)
				done = true
			}
		})
	})
}

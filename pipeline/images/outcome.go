package images

import (
	"path"

	"copydesk/pipeline"
)

// An Outcome is what became of one reference to a picture.
type Outcome struct {
	URL      string        // as the article has it
	At       pipeline.Span // in the document's Source
	Alt      string
	LacksAlt bool     // it is an <img> without the attribute
	Sum      [32]byte // says which picture it is, by its content
	From     Origin   // empty for one that could not be read
	Made     []Made   // the narrowest first; empty for a reference that stays
	Note     string   // what is wrong with it, or why it stays; empty if nothing is
	Failed   bool     // it could not be made
}

// An Origin is the picture that results are made of.
type Origin struct {
	File   string // where it lies; empty for one that was downloaded
	Data   []byte // of a small one without a file, where that is wished
	Format string // "JPEG"; empty when that is not known
	W, H   int    // pixels, upright
	Size   int    // bytes
}

// A Made is one result.
type Made struct {
	Path   string // of its asset, relative to the article
	Format string
	W, H   int // pixels
	Data   []byte
}

// KeepOriginals has the outcomes carry originals that lie in no file, up to a number of bytes each.
func (m *Maker) KeepOriginals(limit int) { m.originals = limit }

// use adds what was made of a picture to the assets, gives the URLs of the variants, and notes it.
func (a *article) use(m *made, ref reference, full string) []string {
	urls := a.urls(m.sum, m.variants, ref.url, full)
	o := a.outcome(ref, m)
	for i, v := range m.variants {
		format, _ := sniff(v.data) // It was written here.
		o.Made = append(o.Made, Made{Path: a.paths[urls[i]], Format: string(format), W: v.w, H: v.h, Data: v.data})
	}
	o.Note = m.note
	a.result.Outcomes = append(a.result.Outcomes, o)
	return urls
}

// stays notes a reference that stays as it is.
func (a *article) stays(ref reference, m *made, why string, failed bool) {
	o := a.outcome(ref, m)
	o.Note, o.Failed = why, failed
	a.result.Outcomes = append(a.result.Outcomes, o)
}

func (a *article) outcome(ref reference, m *made) Outcome {
	at, _ := a.doc.ToSource(ref.at)
	o := Outcome{URL: ref.url, At: at, Alt: ref.alt, LacksAlt: ref.lacksAlt}
	place := ref.place
	if m != nil {
		o.Sum = m.sum
		o.From = Origin{Format: string(m.format), W: m.w, H: m.h, Size: m.size, Data: m.original}
		place = m.place
	}
	if f := a.files[place]; f != nil && f.Name != "" {
		o.From.File, o.From.Data = path.Clean(f.Name), nil
	}
	return o
}

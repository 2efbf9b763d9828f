package page

// LinkedData is the page as schema.org describes an Article, for a script element of type
// application/ld+json, where html/template writes it as JSON that can't end the element.
type LinkedData struct {
	Context     string   `json:"@context"`
	Type        string   `json:"@type"`
	Headline    string   `json:"headline"`
	Description string   `json:"description,omitempty"`
	URL         string   `json:"url,omitempty"`
	Image       string   `json:"image,omitempty"`
	InLanguage  string   `json:"inLanguage,omitempty"`
	Published   string   `json:"datePublished,omitempty"`
	Modified    string   `json:"dateModified,omitempty"`
	Authors     []Person `json:"author,omitempty"`
	Keywords    []string `json:"keywords,omitempty"`
	Words       int      `json:"wordCount,omitempty"`
}

// A Person is a schema.org Person.
type Person struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// LinkedData describes the page for search engines.
func (p *Page) LinkedData() LinkedData {
	l := LinkedData{
		Context: "https://schema.org", Type: "Article", Headline: p.Title, Description: p.Description, URL: p.URL,
		Image: p.Image, InLanguage: p.Lang, Keywords: p.Tags, Words: p.Words,
	}
	if p.Date != nil {
		l.Published = p.Date.Machine()
	}
	if p.Modified != nil {
		l.Modified = p.Modified.Machine()
	}
	for _, name := range p.Authors {
		l.Authors = append(l.Authors, Person{"Person", name})
	}
	return l
}

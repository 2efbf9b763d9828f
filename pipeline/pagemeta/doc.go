// Package pagemeta reads what an HTML page says of itself in its head, as values for front matter, and finds the
// content of its body.
//
// What is taken, the first that is there:
//
//	title        headline of JSON-LD, og:title, twitter:title, <title>
//	description  meta description, og:description, twitter:description, description of JSON-LD
//	date         datePublished of JSON-LD, article:published_time, meta date, pubdate, publishdate, dc.date, dcterms.created
//	lastmod      dateModified of JSON-LD, article:modified_time, og:updated_time, meta last-modified, dcterms.modified
//	author       author of JSON-LD, meta author, article:author (no addresses), dc.creator; of several, a list
//	categories   articleSection of JSON-LD, article:section; a list
//	tags         keywords of JSON-LD, article:tag, meta keywords, news_keywords; a list
//	image        image or thumbnailUrl of JSON-LD, og:image, twitter:image
//	canonical    link rel=canonical, og:url
//	lang         lang of <html>, inLanguage of JSON-LD, og:locale
//	site         og:site_name, name of the publisher in JSON-LD
//
// JSON-LD counts where its type is an article (Article, NewsArticle, BlogPosting and the like), in a list or a @graph,
// too. Addresses are taken when they are relative, http or https. White space is one blank each; dates that can be read
// as RFC 3339 become what it writes.
//
// A page is what others wrote: the time it takes grows with its length alone, and each value is bounded.
package pagemeta

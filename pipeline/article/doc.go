// Package article reads and writes the JSON article, the form in which documents go from one
// process to the next: one JSON object that holds a file's bytes, what they say, and what
// happened to them.
//
// A file's bytes are frontMatter.open + frontMatter.raw + frontMatter.close + body.raw, so
// Decode(Append(d)) has the bytes of d, whatever they are. What else stands there is derived
// (meta, data, types) or told along (assets, diagnostics, trail, source). Of the derived members
// only frontMatter.data is read back: where it differs from what raw says, it wins, entry by entry.
//
// Members that copydesk does not know survive in Document.Extra, and so do the parts of known members
// that came with an article: under the name "diagnostics" the findings of earlier processes,
// under "source" what the first process said of the file, under "frontMatter" and "body" unknown
// members of these two.
package article

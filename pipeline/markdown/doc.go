// Package markdown writes HTML as Markdown and proves that nothing was lost: what it wrote is rendered
// again and compared, block by block, with what was read.
//
// HTML is read into a tree of blocks, and of segments of text within them: what a reader of the page sees,
// and nothing else. The tree is written in the plainest spelling that CommonMark and GFM have. Where that
// does not read back as the same tree, the guilty block climbs a ladder of safer spellings (more escapes,
// tags in place of marks), whose last rung is the block as raw HTML.
//
// What is written is so plain, mostly, that a small reader reads it back, which gives up where anything may mean several
// things; then the parser of Markdown does. Tests hold that both read the same.
//
// Markdown written here comes back from the HTML that it renders to byte for byte.
package markdown

// Package matter reads and changes front matter: YAML, TOML or JSON data at the beginning of a document.
//
// Split finds the envelope byte-exactly with a scanner of its own, which knows that fences stand in the
// first column and that TOML strings may hold them; what adrg/frontmatter, and tools like it, would
// capture instead is a fault. Read reads the data into Nodes that keep order, duplicates, spelling and
// the place of every key and value. Patch and Merge change single values in the raw text, and read the
// result again before they give it out. Convert gives front matter another syntax (the files convert*.go):
// a converter makes pieces of the values, with the comments around them, which a writer a syntax spells.
//
// Everything that is wrong is a Fault with a place. No text makes the package panic, and time grows no
// faster than the text, beyond the limits of front matter too.
//
// It is the one package that knows data syntaxes: others have Parse read theirs.
package matter

// Package pipeline holds the nouns that all of copydesk shares, and the engine that runs them.
//
//	paths -> feed (Source) -> Document -> steps, in parallel -> in source order: report + feed (Sink) -> exit status
//
// # Layers
//
// Imports run strictly down, never between packages of one layer; layout_test.go holds them to it.
//
//	8  main.go              the process: streams, signals, exit
//	7  commands             one file per command: flags -> options -> a function
//	6  pipeline/config      copydesk.yaml -> steps, rules, limits
//	5  pipeline/steps       one file per step                               <- grows
//	4  pipeline/lint/rules  one file per rule                               <- grows
//	3  pipeline/lint        Rule, Checker, Pass, fixes, suppressions, baseline
//	   pipeline/feed        where articles come from and go to: folders, streams, archives
//	   pipeline/page        whole HTML pages from templates, and contact sheets
//	2  pipeline/schema      JSON Schema over front matter, with places   (jsonschema, as copied there, regexp2)
//	   pipeline/sanitize    policies, and what they remove                  (bluemonday)
//	   pipeline/repair      what is mended in bodies before a policy sees them
//	   pipeline/images      find, decode safely, thumbnail, encode          (imaging, nativewebp)
//	   pipeline/fetch       downloads: who may be asked, how often, and what is kept   (go-retryablehttp)
//	   pipeline/article     the JSON article
//	   pipeline/markdown    Markdown written from HTML, and proven
//	   pipeline/pagemeta    what the head of an HTML page says of it, for front matter
//	   pipeline/plain       the text of a body as a reader sees it
//	1  pipeline/matter      front matter and every data syntax              (adrg/frontmatter, yaml, toml, json)
//	   pipeline/markup      bodies: Markdown and HTML                       (goldmark)
//	   pipeline/report      printers of diagnostics, one file per format
//	   pipeline/files       atomic writes inside a folder
//	   pipeline/images/jpeg JPEG to the sizes wanted, without decoding it to pixels first
//	   pipeline/memory      how far garbage may grow, and what of the program stays mapped
//	   pipeline/git         what the user's git says of index and working tree
//	0  pipeline             this package: the standard library only
//
// A third-party module has one owner, named in brackets; x/net/html is the exception.
//
// # Nouns
//
// A Document is its bytes: Source, which never changes, and Text, which steps change through Apply;
// it keeps the way back from every byte of Text to Source. A Reading is a parse of the Text, made once
// and dropped by Apply. A Step does one thing to a document; its exported fields are its options.
// A Diagnostic is something found, with a Span in Source and fixes that are byte Edits. Source and
// Sink are the two ends, and Run moves documents from one through the steps to the other: bounded in
// memory, in order, cancellable, and a panic in a step is one document's failure.
//
// # Where is X?
//
// A rule: lint/rules/x.go. A step: steps/x.go. A command: commands/x.go. A body format: markup/x.go, what is written as Markdown: markdown/x.go.
// The tree of a body: markup/nodes_x.go; as JSON, article/tree.go.
// A container: feed/x.go. An output format: report/x.go. A test case: testdata/<kind>/x.txtar.
package pipeline

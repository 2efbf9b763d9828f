// Package sanitize makes HTML safe to publish and tells what it took out, and where.
//
// One policy decides: bluemonday's. Each tag of a body that carries attributes is served to it as one
// token, and what it writes for that token is compared with the token's bytes, so every decision has a
// place in the source. Of tags that all parsers read alike, only attributes are served that it has not
// decided on before (plain.go, answers.go). All changes are byte edits: text, entities and quotes that
// nothing is wrong with stay as they are.
//
// A policy is data: the built-in ones are the files in policies, those of copydesk.yaml are read by the same
// code, which refuses what would let script through (allowed.go). It is handed to bluemonday when it is first
// applied; what bluemonday would not check, such as addresses outside of href, cite and src, matches a pattern.
//
// What bluemonday leaves to its caller is done here, in this order:
//
//   - scanner: the tokens of the body with their places; fallback content of elements that hold raw
//     text (noscript, iframe, …) is read as HTML, the content of script and style goes
//   - addresses (url.go, srcset.go) are cleaned as browsers read them, and never change their host
//   - style attributes are spelled so that every parser reads the same (style.go); frames of listed hosts
//     get a sandbox, and hold nothing (embed.go)
//   - cleaning: asks the policy, makes the edits, escapes the seams where deleting would fuse text
//   - nesting: what is kept nests as it is written, so that nothing leaks out of the body
//   - verify: the result goes through bluemonday once more, whole, and must come out the same
//
// SVG files, which are XML, go another way (svg.go, svg_allowed.go): what is listed stays, byte for byte.
package sanitize

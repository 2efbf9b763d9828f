// Package images makes the pictures of articles: it finds them, decodes them safely,
// makes them in the sizes that pages want, and gives the byte edits that rewrite the references.
//
// Every byte of a picture is hostile. The way of one picture:
//
//	read      a file into memory, or the beginning of a large JPEG, and its checksum (hands.go, content.go)
//	sniff     format by its first bytes, sides, orientation, memory: from the header alone (header*.go, exif.go)
//	limits    pixels, sides, and the memory of decoding, taken from one budget (budget.go)
//	decode    to image.NRGBA, panics caught; what a damaged file still shows (decode.go, salvage*.go)
//	narrow    a large PNG, some rows at a time, to the widths of the results (bands.go, rows_png.go)
//	shrink    a JPEG to results of at most half its width without decoding it to pixels (fastjpeg.go, package jpeg)
//	crop      to what matters: a focus, or where the picture shows most (focus.go, smart.go)
//	resample  to sizes computed here, turned upright, encoded (size.go, resample.go, webp.go)
//	say       a profile other than sRGB, and metadata where that is wished (metadata.go, icc.go)
//	keep      the input's own bytes, without metadata, where encoding it again gains nothing (clean.go)
//	name      by content; a picture used twice is made once (naming.go, maker.go, cache.go)
//
// An SVG is never decoded; what is stored of it has been cleaned by whoever is handed in (svg.go). Pictures
// are opened, and downloaded, by whoever calls.
//
// And of one article: where a reference leads (reference.go, mapping.go), references in front matter and body
// (front.go, body.go), edits of an <img> (tag.go), what became of each (outcome.go). unused.go finds what no file
// refers to any more.
package images

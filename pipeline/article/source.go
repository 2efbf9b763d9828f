package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

// appendSource appends what is known of the file that was read first: what the article that the
// document came from said of it, or, where the document is that file, its size in bytes of UTF-8,
// the SHA-256 of these bytes, whether they begin with a byte order mark, what they were decoded
// from, and how their lines end.
func appendSource(dst []byte, d *pipeline.Document) []byte {
	if came := extra(d, "source"); came != nil {
		return append(dst, came...)
	}
	sum := sha256.Sum256(d.Source)
	dst = strconv.AppendInt(append(dst, `{"size":`...), int64(len(d.Source)), 10)
	dst = hex.AppendEncode(append(dst, `,"sha256":"`...), sum[:])
	dst = append(dst, `","bom":`...)
	dst = strconv.AppendBool(dst, bytes.HasPrefix(d.Source, []byte("\uFEFF")))
	dst = report.AppendString(append(dst, `,"encoding":`...), d.Encoding)
	return append(report.AppendString(append(dst, `,"eol":`...), lineEnds(d.Source)), '}')
}

// lineEnds names how the lines of a text end: "lf", "crlf", "cr", "mixed", or "none" where
// it has no line break.
func lineEnds(text []byte) string {
	lf, cr := bytes.Count(text, []byte{'\n'}), bytes.Count(text, []byte{'\r'})
	crlf := 0
	if lf > 0 && cr > 0 {
		crlf = bytes.Count(text, []byte("\r\n"))
	}
	switch {
	case lf == 0 && cr == 0:
		return "none"
	case cr == 0:
		return "lf"
	case lf == 0:
		return "cr"
	case lf == crlf && cr == crlf:
		return "crlf"
	}
	return "mixed"
}

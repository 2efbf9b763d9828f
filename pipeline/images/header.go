package images

import (
	"bytes"
	"errors"
	"fmt"
)

// format is a kind of picture, told by its first bytes.
type format string

// The formats that are decoded, and the extensions of files in them.
const (
	formatJPEG format = "JPEG"
	formatPNG  format = "PNG"
	formatGIF  format = "GIF"
	formatWebP format = "WebP"
	formatSVG  format = "SVG" // never decoded
)

var extensions = map[format]string{formatJPEG: "jpg", formatPNG: "png", formatGIF: "gif", formatWebP: "webp", formatSVG: "svg"}

// header is what the first bytes of a picture say of it, before anything is decoded.
type header struct {
	format      format
	w, h        int  // as stored, before it is turned upright
	orientation int  // EXIF's, 1 to 8
	animated    bool // more than one frame
	gray        bool // all pixels are gray and opaque
	interlaced  bool // PNG
	lossless    bool // WebP
	decoded     int64
	// decoded is how many bytes its decoder and the copy to NRGBA take, estimated; package jpeg tells it of JPEG.
}

// upright tells the sides after turning.
func (h header) size() (w, hh int) {
	if h.orientation >= 5 {
		return h.h, h.w
	}
	return h.w, h.h
}

func (h header) pixels() int64 { return int64(h.w) * int64(h.h) }

var errTruncated = errors.New("the file ends inside its header")

// sniff tells the format of a picture by its magic bytes, or names the one that is not supported.
func sniff(data []byte) (format, error) {
	has := func(at int, magic string) bool {
		return len(data) >= at+len(magic) && string(data[at:at+len(magic)]) == magic
	}
	switch {
	case len(data) == 0:
		return "", errors.New("the file is empty")
	case has(0, "\xff\xd8\xff"):
		return formatJPEG, nil
	case has(0, "\x89PNG\r\n\x1a\n"):
		return formatPNG, nil
	case has(0, "GIF87a"), has(0, "GIF89a"):
		return formatGIF, nil
	case has(0, "RIFF") && has(8, "WEBP"):
		return formatWebP, nil
	case isSVG(data):
		return formatSVG, nil
	}
	if name := unsupported(has); name != "" {
		return "", fmt.Errorf("it is %s, which is not supported; save it as JPEG, PNG, GIF or WebP", name)
	}
	return "", errors.New("it is no picture: its first bytes are not those of JPEG, PNG, GIF or WebP")
}

// unsupported names the formats that are known and not decoded.
func unsupported(has func(at int, magic string) bool) string {
	switch {
	case has(0, "BM"):
		return "BMP"
	case has(0, "II*\x00"), has(0, "MM\x00*"), has(0, "II+\x00"), has(0, "MM\x00+"):
		return "TIFF"
	case has(4, "ftypavif"), has(4, "ftypavis"):
		return "AVIF"
	case has(4, "ftyphei"), has(4, "ftyphev"), has(4, "ftypmif1"), has(4, "ftypmsf1"):
		return "HEIC"
	case has(0, "\xff\x0a"), has(0, "\x00\x00\x00\x0cJXL "):
		return "JPEG XL"
	case has(0, "\x00\x00\x00\x0cjP  "), has(0, "\xff\x4f\xff\x51"):
		return "JPEG 2000"
	case has(0, "\x00\x00\x01\x00"), has(0, "\x00\x00\x02\x00"):
		return "ICO"
	case has(0, "8BPS"):
		return "PSD"
	}
	return ""
}

// isSVG tells whether the text begins with an svg element, behind a declaration, a document type
// and comments.
func isSVG(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 4096)])
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) || bytes.HasPrefix(head, []byte("<!doctype html")) {
		return false
	}
	at := bytes.Index(head, []byte("<svg"))
	return at >= 0 && !bytes.Contains(head[:at], []byte("<html"))
}

// readHeader reads the header of a picture in a format that is decoded.
func readHeader(f format, data []byte) (h header, err error) {
	switch f {
	case formatJPEG:
		h, err = jpegHeader(data)
	case formatPNG:
		h, err = pngHeader(data)
	case formatGIF:
		h, err = gifHeader(data)
	case formatWebP:
		h, err = webpHeader(data)
	}
	h.format = f
	if h.orientation == 0 {
		h.orientation = upright
	}
	if err == nil && (h.w < 1 || h.h < 1) {
		err = fmt.Errorf("its header says %d x %d pixels", h.w, h.h)
	}
	return h, err
}

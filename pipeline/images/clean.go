package images

import (
	"bytes"
	"encoding/binary"
)

// clean gives the bytes of a picture without metadata and without what follows its end, or nil when
// that can't be had without encoding it again. A colour profile other than sRGB's stays, since pixels mean nothing without it.
func clean(data []byte, h header) []byte {
	if h.orientation != upright {
		return nil
	}
	switch h.format {
	case formatJPEG:
		return cleanJPEG(data)
	case formatPNG:
		return cleanPNG(data)
	case formatGIF:
		return cleanGIF(data)
	case formatWebP:
		return cleanWebP(data)
	}
	return nil
}

func cleanJPEG(data []byte) []byte {
	out := append(make([]byte, 0, len(data)), data[:2]...)
	var m metadata
	m.readJPEG(data)
	usual := isSRGB(m.icc)
	for s := range segments(data) {
		switch {
		case s.marker == markerEOI:
			return append(out, 0xff, markerEOI)
		case s.marker == markerCOM:
			continue
		case s.marker == markerAPP2 && bytes.HasPrefix(s.payload, []byte(iccMark)) && !usual:
		case s.marker > markerAPP0 && s.marker < markerAPP14, s.marker == markerAPP14+1:
			continue
		}
		out = append(out, data[s.start:s.end]...)
	}
	return nil
}

// cleanPNG keeps the critical chunks and those that pixels need to be shown right.
func cleanPNG(data []byte) []byte {
	out := append(make([]byte, 0, len(data)), data[:8]...)
	var m metadata
	m.readPNG(data)
	usual := isSRGB(m.icc)
	for c := range chunks(data) {
		if c.end < 0 {
			return nil
		}
		switch c.name {
		case "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD":
			if c.name == "iCCP" && usual {
				continue
			}
			out = append(out, data[c.start:c.end]...)
		}
		if c.name == "IEND" {
			return out
		}
	}
	return nil
}

// cleanGIF gives a file that holds pixels alone as it is, up to its end.
func cleanGIF(data []byte) []byte {
	const graphicControl = 0xf9
	for b := range gifBlocks(data) {
		switch {
		case b.kind == gifTrailer:
			return data[:b.at+1]
		case b.kind == gifExtend && b.data[0] != graphicControl:
			return nil
		}
	}
	return nil
}

// cleanWebP keeps the chunks of pixels, and a profile that is not sRGB's. Nil is for animations and for files
// whose chunks are not in the order of the standard.
func cleanWebP(data []byte) []byte {
	const profiled, alpha = 32, 16
	out := append([]byte(nil), data[:12]...)
	flags := -1 // where they stand in an extended file
	for name, p := range webpChunks(data) {
		switch name {
		case "VP8X":
			if len(out) > 12 || len(p) < 10 {
				return nil
			}
			flags = len(out) + 8
			p = append([]byte{p[0] & alpha}, p[1:]...)
		case "ICCP":
			if flags < 0 || isSRGB(p) {
				continue
			}
			out[flags] |= profiled
		case "VP8 ", "VP8L", "ALPH":
		case "EXIF", "XMP ":
			continue
		default:
			return nil
		}
		out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(p)))
		if out = append(out, p...); len(p)%2 == 1 {
			out = append(out, 0)
		}
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

package images

import "bytes"

// clean gives the bytes of a picture without metadata and without what follows its end, or nil when
// that can't be had without encoding it again. A colour profile stays, since pixels mean nothing without it.
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
	for s := range segments(data) {
		switch {
		case s.marker == markerEOI:
			return append(out, 0xff, markerEOI)
		case s.marker == markerCOM:
			continue
		case s.marker == markerAPP2 && bytes.HasPrefix(s.payload, []byte("ICC_PROFILE\x00")):
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
	for c := range chunks(data) {
		if c.end < 0 {
			return nil
		}
		switch c.name {
		case "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD":
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

// cleanWebP gives a file that holds pixels alone as it is, up to its end.
func cleanWebP(data []byte) []byte {
	at := 12
	for name, p := range webpChunks(data) {
		switch name {
		case "VP8 ", "VP8L", "VP8X", "ALPH", "ICCP":
			at += 8 + len(p) + len(p)&1
		default:
			return nil
		}
	}
	if at != len(data) {
		return nil
	}
	return data
}

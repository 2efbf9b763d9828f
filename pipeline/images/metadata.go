package images

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// metadata is what a picture file says beside its pixels, and results are to say, too.
type metadata struct {
	icc   []byte   // a colour profile for the pixels as they are decoded, other than sRGB's; nil without
	exif  []byte   // a TIFF structure that says that the picture is upright
	xmp   []byte   // a packet
	other [][]byte // segments of a JPEG or chunks of a PNG, for results of the same format
}

// Where metadata lies in JPEG (EXIF 2.32, XMP part 3, ICC.1:2022 annex B.4).
const (
	exifMark  = "Exif\x00\x00"
	xmpMark   = "http://ns.adobe.com/xap/1.0/\x00"
	iccMark   = "ICC_PROFILE\x00"
	xmpKey    = "XML:com.adobe.xmp"
	maxICC    = 4 << 20 // bytes of a profile that is looked at
	jpegBytes = 65533   // the payload of the largest segment
)

// metadataOf reads what is kept of a picture's metadata: the profile, and with all the rest.
func metadataOf(data []byte, h header, all bool) metadata {
	var m metadata
	switch h.format {
	case formatJPEG:
		m.readJPEG(data)
	case formatPNG:
		m.readPNG(data)
	case formatWebP:
		for name, p := range webpChunks(data) {
			switch name {
			case "ICCP":
				m.icc = p
			case "EXIF":
				m.exif = bytes.TrimPrefix(p, []byte(exifMark))
			case "XMP ":
				m.xmp = p
			}
		}
	}
	space := "RGB "
	if h.gray {
		space = "GRAY"
	}
	if len(m.icc) > maxICC || profileSpace(m.icc) != space || isSRGB(m.icc) {
		m.icc = nil
	}
	if !all {
		return metadata{icc: m.icc, other: m.colours()}
	}
	m.exif = uprightEXIF(m.exif)
	return m
}

func (m *metadata) readJPEG(data []byte) {
	for s := range leading(data) {
		p := s.payload
		switch {
		case s.marker == markerAPP1 && bytes.HasPrefix(p, []byte(exifMark)) && m.exif == nil:
			m.exif = p[len(exifMark):]
		case s.marker == markerAPP1 && bytes.HasPrefix(p, []byte(xmpMark)) && m.xmp == nil:
			m.xmp = p[len(xmpMark):]
		case s.marker == markerAPP2 && bytes.HasPrefix(p, []byte(iccMark)) && len(p) > len(iccMark)+2:
			m.icc = append(m.icc, p[len(iccMark)+2:]...) // In order, as all writers have them.
		case s.marker == markerCOM, s.marker > markerAPP2 && s.marker < markerAPP14:
			m.other = append(m.other, data[s.start:s.end])
		}
	}
}

func (m *metadata) readPNG(data []byte) {
	for c := range chunks(data) {
		if c.end < 0 {
			return
		}
		switch c.name {
		case "iCCP":
			if _, packed, ok := bytes.Cut(c.payload, []byte{0}); ok && len(packed) > 0 {
				m.icc = inflate(packed[1:], maxICC)
			}
		case "eXIf":
			m.exif = c.payload
		case "iTXt":
			if packet, ok := bytes.CutPrefix(c.payload, []byte(xmpKey+"\x00\x00\x00\x00\x00")); ok {
				m.xmp = packet
				continue
			}
			m.other = append(m.other, data[c.start:c.end])
		case "tEXt", "zTXt", "tIME", "pHYs", "gAMA", "cHRM", "cICP":
			m.other = append(m.other, data[c.start:c.end])
		}
	}
}

// colours are the chunks of a PNG that say what its pixels mean.
func (m *metadata) colours() (kept [][]byte) {
	for _, c := range m.other {
		if len(c) > 8 && c[0] != 0xff {
			switch string(c[4:8]) {
			case "gAMA", "cHRM", "cICP":
				kept = append(kept, c)
			}
		}
	}
	return kept
}

// inflate unpacks up to limit bytes; nil for what can't be unpacked whole.
func inflate(packed []byte, limit int64) []byte {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil || int64(len(out)) > limit {
		return nil
	}
	return out
}

// attach writes metadata into a picture file that has none. from is the format that it was read from.
func (m *metadata) attach(data []byte, to, from format) []byte {
	var other [][]byte
	if to == from {
		other = m.other
	}
	if m.icc == nil && m.exif == nil && m.xmp == nil && len(other) == 0 {
		return data
	}
	switch to {
	case formatJPEG:
		return m.intoJPEG(data, other)
	case formatPNG:
		return m.intoPNG(data, other)
	case formatWebP:
		return m.intoWebP(data)
	}
	return data
}

func (m *metadata) intoJPEG(data []byte, other [][]byte) []byte {
	out := append([]byte(nil), data[:2]...)
	segment := func(marker byte, mark string, payload []byte) {
		if n := len(mark) + len(payload); len(payload) > 0 && n <= jpegBytes {
			out = append(out, 0xff, marker)
			out = binary.BigEndian.AppendUint16(out, uint16(n+2))
			out = append(append(out, mark...), payload...)
		}
	}
	segment(markerAPP1, exifMark, m.exif)
	segment(markerAPP1, xmpMark, m.xmp)
	const part = jpegBytes - len(iccMark) - 2
	parts := (len(m.icc) + part - 1) / part
	for i := range parts {
		segment(markerAPP2, iccMark+string([]byte{byte(i + 1), byte(parts)}), m.icc[i*part:min(len(m.icc), (i+1)*part)])
	}
	for _, s := range other {
		out = append(out, s...)
	}
	return append(out, data[2:]...)
}

func (m *metadata) intoPNG(data []byte, other [][]byte) []byte {
	const head = 8 + 12 + 13 // the signature and IHDR
	out := append([]byte(nil), data[:head]...)
	if m.icc != nil {
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		_, _ = z.Write(m.icc) // A buffer takes all.
		_ = z.Close()
		out = appendChunk(out, "iCCP", append([]byte("icc\x00\x00"), packed.Bytes()...))
	}
	for _, c := range other {
		out = append(out, c...)
	}
	if m.exif != nil {
		out = appendChunk(out, "eXIf", m.exif)
	}
	if m.xmp != nil {
		out = appendChunk(out, "iTXt", append([]byte(xmpKey+"\x00\x00\x00\x00\x00"), m.xmp...))
	}
	return append(out, data[head:]...)
}

// intoWebP makes a simple lossless file an extended one (RFC 9649, section 2.7).
func (m *metadata) intoWebP(data []byte) []byte {
	const hasICC, hasAlpha, hasEXIF, hasXMP = 32, 16, 8, 4
	pixels := data[12:]
	bits := binary.LittleEndian.Uint32(pixels[9:])
	flags, w, h := byte(0), bits&0x3fff, bits>>14&0x3fff
	if bits>>28&1 != 0 {
		flags |= hasAlpha
	}
	out := append([]byte("RIFF\x00\x00\x00\x00WEBP"), "VP8X\x0a\x00\x00\x00"...)
	flagsAt := len(out)
	out = append(out, 0, 0, 0, 0, byte(w), byte(w>>8), byte(w>>16), byte(h), byte(h>>8), byte(h>>16))
	add := func(name string, payload []byte, flag byte) {
		if len(payload) == 0 {
			return
		}
		flags |= flag
		out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(payload)))
		if out = append(out, payload...); len(payload)%2 == 1 {
			out = append(out, 0)
		}
	}
	add("ICCP", m.icc, hasICC)
	out = append(out, pixels...)
	add("EXIF", m.exif, hasEXIF)
	add("XMP ", m.xmp, hasXMP)
	out[flagsAt] = flags
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

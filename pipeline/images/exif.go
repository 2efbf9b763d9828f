package images

import (
	"bytes"
	"encoding/binary"
)

// upright is the EXIF orientation of a picture that needs no turning.
const upright = 1

// exifOrientation reads tag 0x0112 of IFD0 from the payload of a JPEG APP1 segment: 1 to 8, and 1 where there
// is none or it makes no sense.
func exifOrientation(payload []byte) int {
	tiff, ok := bytes.CutPrefix(payload, []byte("Exif\x00"))
	if !ok || len(tiff) == 0 {
		return upright
	}
	return tiffOrientation(tiff[1:]) // without the padding byte after the name
}

// tiffOrientation reads it from a TIFF structure.
func tiffOrientation(tiff []byte) int {
	at, order := orientationEntry(tiff)
	if at < 0 {
		return upright
	}
	return orientationValue(order, tiff[at:])
}

// uprightEXIF gives a TIFF structure that says of a picture that it is upright, whatever it said before; nil for
// what is none.
func uprightEXIF(tiff []byte) []byte {
	if len(tiff) < 8 || string(tiff[:2]) != "II" && string(tiff[:2]) != "MM" {
		return nil
	}
	at, order := orientationEntry(tiff)
	if at < 0 {
		return tiff
	}
	out := append([]byte(nil), tiff...)
	const short = 3
	order.PutUint16(out[at+2:], short)
	order.PutUint32(out[at+4:], 1)
	order.PutUint32(out[at+8:], 0)
	order.PutUint16(out[at+8:], upright)
	return out
}

// orientationEntry finds tag 0x0112 in IFD0 of a TIFF structure (EXIF 2.32, 4.6.4); -1 without. It reads one
// directory of at most 512 entries and follows no other offset, so no input makes it loop.
func orientationEntry(tiff []byte) (at int, order binary.ByteOrder) {
	if len(tiff) < 8 {
		return -1, nil
	}
	switch string(tiff[:2]) {
	case "II":
		order = binary.LittleEndian
	case "MM":
		order = binary.BigEndian
	default:
		return -1, nil
	}
	if order.Uint16(tiff[2:]) != 42 {
		return -1, nil
	}
	start := uint64(order.Uint32(tiff[4:]))
	if start+2 > uint64(len(tiff)) {
		return -1, nil
	}
	entry := int(start) + 2
	for range min(int(order.Uint16(tiff[start:])), 512) {
		if len(tiff)-entry < 12 {
			return -1, nil
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			return entry, order
		}
		entry += 12
	}
	return -1, nil
}

// orientationValue reads the value of one directory entry, a SHORT, or a LONG as some cameras write.
func orientationValue(order binary.ByteOrder, entry []byte) int {
	const short, long = 3, 4
	var v uint32
	switch order.Uint16(entry[2:]) {
	case short:
		v = uint32(order.Uint16(entry[8:]))
	case long:
		v = order.Uint32(entry[8:])
	}
	if v < 1 || v > 8 {
		return upright
	}
	return int(v)
}

package images

import (
	"bytes"
	"encoding/binary"
)

// upright is the EXIF orientation of a picture that needs no turning.
const upright = 1

// exifOrientation reads tag 0x0112 of IFD0 from the payload of a JPEG APP1 segment (EXIF 2.32,
// 4.6.4): 1 to 8, and 1 where there is none or it makes no sense. It reads one directory of at
// most 512 entries and follows no other offset, so no input makes it loop.
func exifOrientation(payload []byte) int {
	tiff, ok := bytes.CutPrefix(payload, []byte("Exif\x00"))
	if !ok || len(tiff) < 9 {
		return upright
	}
	tiff = tiff[1:] // the padding byte after the name
	var order binary.ByteOrder
	switch string(tiff[:2]) {
	case "II":
		order = binary.LittleEndian
	case "MM":
		order = binary.BigEndian
	default:
		return upright
	}
	if order.Uint16(tiff[2:]) != 42 {
		return upright
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range min(int(order.Uint16(tiff[at:])), 512) {
		if len(entries) < 12 {
			return upright
		}
		if order.Uint16(entries) == 0x0112 {
			return orientationValue(order, entries)
		}
		entries = entries[12:]
	}
	return upright
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

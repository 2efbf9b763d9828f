package jpeg

import "bytes"

// restart goes on behind the restart marker that is due, RST0 + number. Where another marker stands
// in its place, it does as libjpeg's jpeg_resync_to_restart: a marker that is due soon means that this
// interval is lost, and all its blocks gray; one that was due before is passed over; and at one that is far
// from it decoding goes on, as the best guess. It tells whether the marker was the right one.
func (b *bitReader) restart(number int) bool {
	right := true
	for {
		m := b.seek()
		if m == 0 { // The file ends.
			b.stop()
			return false
		}
		if m == byte(markerRST0+number) {
			break
		}
		right = false
		if m < markerRST0 || m > markerRST7 {
			b.stop()
			return false
		}
		switch ahead := (int(m) - markerRST0 - number) & 7; ahead {
		case 1, 2:
			b.stop()
			return false
		case 6, 7:
			b.at += 2
			continue
		}
		break
	}
	b.at += 2
	b.reset()
	return right
}

// seek moves to the next marker at or behind b.at, and gives it, or 0 at the end of the file.
func (b *bitReader) seek() byte {
	for {
		src := b.src.from(b.at, 2)
		if len(src) < 2 {
			return 0
		}
		i := bytes.IndexByte(src, 0xff)
		switch {
		case i < 0:
			b.at += len(src)
		case i > 0:
			b.at += i
		case src[1] == 0xff:
			b.at++
		case src[1] >= markerSOF0:
			return src[1]
		default:
			b.at += 2
		}
	}
}

// stop leaves the interval without data.
func (b *bitReader) stop() {
	b.acc, b.n, b.pos, b.end, b.low = 0, 0, 0, 0, 0
	b.stopped, b.dry = true, true
	clear(b.buf[:2*blockSize])
}

package jpeg

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
	for b.at+1 < len(b.src) {
		if b.src[b.at] == 0xff {
			switch m := b.src[b.at+1]; {
			case m == 0xff:
				b.at++
				continue
			case m >= markerSOF0:
				return m
			}
			b.at++
		}
		b.at++
	}
	return 0
}

// stop leaves the interval without data.
func (b *bitReader) stop() {
	b.acc, b.n, b.pos, b.end, b.low = 0, 0, 0, 0, 0
	b.stopped, b.dry = true, true
	clear(b.buf[:2*blockSize])
}

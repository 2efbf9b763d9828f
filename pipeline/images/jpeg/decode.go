package jpeg

import (
	"cmp"
	"errors"
	"fmt"
	"image"
)

// Request says what to make of a picture. All of it costs one entropy decoding.
type Request struct {
	Sizes       []image.Point // of thumbnails, upright, in pixels; Reduces tells which can be had
	Orientation int           // EXIF's, 1 to 8, which thumbnails are turned by; 0 is 1
	Pixels      bool          // decode the whole picture, too, not turned
}

// Result is what was made.
type Result struct {
	Thumbnails []image.Image // one for each size: *image.Gray, or *image.YCbCr of ratio 4:2:0
	Pixels     image.Image   // *image.Gray, *image.YCbCr, *image.RGBA or *image.CMYK
	Damage     error         // what is wrong with the data, if that is seen in the results

	room *workspace
}

// Release says that the thumbnails are not looked at any more: the next ones are made in their place. It need not be
// called, and not for nil.
func (r *Result) Release() {
	if r != nil && r.room != nil {
		r.room.release()
		*r = Result{Damage: r.Damage}
	}
}

// leastReduction is that of thumbnails. Below it, what the inverse DCT would cut off at black and white
// is seen in the result, and all frequencies are needed anyway.
const leastReduction = 2

// Reduces tells whether a thumbnail of an upright size can be had: whether all components that make
// brightness get smaller by leastReduction.
func (p *Picture) Reduces(size image.Point, orientation int) bool {
	if size.X < 1 || size.Y < 1 {
		return false
	}
	size = stored(size, orientation)
	for i := range p.components {
		if !p.bright(i) {
			continue
		}
		across, down := p.grids(i, size, orientation)
		if across.scale < leastReduction || down.scale < leastReduction {
			return false
		}
	}
	return true
}

// bright tells whether a component makes brightness, as all but Cb and Cr do.
func (p *Picture) bright(i int) bool {
	return p.model != modelYCbCr && p.model != modelYCCK || i != 1 && i != 2
}

// decoder is the state of decoding one picture.
type decoder struct {
	*Picture
	tables
	bits    bitReader
	outlets []*outlet
	run     int // blocks that the present band is still to be skipped in
	damage  error
}

// outlet takes the coefficients of one component.
type outlet struct {
	*component
	quant  *[64]int32 // as it was at the component's first scan
	low    *lanes     // nil where no thumbnail is asked for
	plane  *plane     // nil where no pixels are
	coefs  *coefficients
	dc     int32 // the last DC coefficient of the scan, not dequantized
	loaded bool  // a scan has brought it something
}

// Decode makes what is asked for. Damaged data is no error as long as there is something to show.
func (p *Picture) Decode(r Request) (*Result, error) {
	for _, size := range r.Sizes {
		if !p.Reduces(size, r.Orientation) {
			return nil, fmt.Errorf("a thumbnail of %d x %d pixels is too large to be made of low frequencies", size.X, size.Y)
		}
	}
	room := workspaces.Get().(*workspace)
	result, err := room.start(p).decode(r)
	if err != nil {
		room.release()
		return nil, err
	}
	result.room = room
	return result, nil
}

func (d *decoder) decode(r Request) (*Result, error) {
	p, drafts := d.Picture, d.drafts(r)
	for i := range p.components {
		o := &outlet{component: &p.components[i]}
		if len(drafts) > 0 {
			o.low = d.newLanes(i, r, drafts)
		}
		if r.Pixels {
			o.plane = newPlane(o.component)
		}
		d.outlets = append(d.outlets, o)
	}
	if err := d.scans(); err != nil || p.data.err != nil {
		return nil, cmp.Or(p.data.err, err)
	}
	result := &Result{Damage: d.damage}
	for _, o := range d.outlets {
		if o.low != nil {
			o.low.drain()
			for _, s := range o.low.sinks {
				s.finish(1 << 30)
			}
		}
	}
	for _, draft := range drafts {
		result.Thumbnails = append(result.Thumbnails, p.assemble(draft))
	}
	if r.Pixels {
		planes := make([]*plane, len(d.outlets))
		for i, o := range d.outlets {
			planes[i] = o.plane
		}
		result.Pixels = p.picture(planes)
	}
	return result, nil
}

// errNoData is what a picture without any is refused with.
var errNoData = errors.New("it has no picture data that can be read")

// scans decodes all scans that bring something.
func (d *decoder) scans() error {
	if d.Progressive {
		d.plan()
	}
	at, number := 2, 0
	for {
		s, ok := d.data.segment(at)
		if !ok {
			break
		}
		at = s.end
		if s.marker != markerSOS {
			if err := d.read(s); err != nil {
				if number == 0 {
					return err
				}
				d.note(err)
			}
			continue
		}
		number++
		sc, err := d.readScan(s)
		if err != nil {
			if number == 1 {
				return err
			}
			d.note(err)
			continue
		}
		if d.Progressive && sc.idle() {
			continue
		}
		d.bits.start(d.data, at)
		d.decodeScan(sc, number)
		at = max(at, d.bits.at)
	}
	loaded := false
	for i, o := range d.outlets {
		loaded = loaded || o.loaded
		if !o.loaded {
			d.note(fmt.Errorf("its component %d has no data", i+1))
		}
	}
	if !loaded {
		return errNoData
	}
	if d.Progressive {
		d.reconstruct()
	}
	return nil
}

// note keeps the first problem.
func (d *decoder) note(err error) {
	if d.damage == nil {
		d.damage = err
	}
}

package images

import (
	"context"
	"fmt"
	"image"

	"copydesk/pipeline/images/jpeg"
)

// decodeJPEG decodes a JPEG once for all targets: those that are much smaller than the whole picture
// come out as they will be encoded, without pixels in between, and the pixels are there if others
// want them. It tells how much memory is held until the results are made.
func (m *Maker) decodeJPEG(ctx context.Context, s *source) (held int64, err error) {
	p, err := s.file.openJPEG()
	if err != nil {
		return 0, err
	}
	request := jpeg.Request{Orientation: s.orientation}
	w, h := s.size()
	whole := image.Rect(0, 0, w, h)
	var direct []target
	for _, t := range s.targets {
		size := image.Pt(t.w, t.h)
		if m.outputFormat(s.header, true) == formatJPEG && t.part == whole && t.canvas == size && p.Reduces(size, s.orientation) {
			request.Sizes = append(request.Sizes, size)
			direct = append(direct, t)
			continue
		}
		request.Pixels = true
		held = max(held, m.renderMemory(s.header, t))
	}
	if request.Pixels {
		held += 4 * s.header.pixels()
	}
	held += p.Memory(request)
	if err := m.budget.acquire(ctx, held); err != nil {
		return 0, err
	}
	result, err := decodeRequest(p, request)
	if err != nil {
		return held, err
	}
	s.fromJPEG, s.direct = result, map[target]image.Image{}
	for i, t := range direct {
		s.direct[t] = result.Thumbnails[i]
	}
	if request.Pixels {
		s.pixels = toNRGBA(result.Pixels)
		result.Pixels = nil
		collect(held) // The planes are no longer needed, and the results take their place.
	}
	if result.Damage != nil {
		s.note = fmt.Sprintf("it is damaged: %v", result.Damage)
	}
	return held, nil
}

// decodeRequest decodes; a panic in the decoder is an error.
func decodeRequest(p *jpeg.Picture, r jpeg.Request) (result *jpeg.Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			result, err = nil, fmt.Errorf("its %s decoder panicked: %v", formatJPEG, v)
		}
	}()
	return p.Decode(r)
}

// decodePixels decodes a JPEG that is whole.
func decodePixels(data []byte) (image.Image, error) {
	p, err := jpeg.Open(data)
	if err != nil {
		return nil, err
	}
	result, err := p.Decode(jpeg.Request{Pixels: true})
	if err == nil {
		err = result.Damage
	}
	if err != nil {
		return nil, err
	}
	defer result.Release()
	return result.Pixels, nil
}

package images

import (
	"bytes"
	"errors"
	"fmt"
	"image"

	"github.com/HugoSmits86/nativewebp"
)

// webpMemoryPerPixel is what encoding WebP takes, in bytes: the encoder's tables and the picture read again.
const webpMemoryPerPixel = 64

// encodeWebP writes a picture as lossless WebP. What was written has been read again: the encoder is young.
func encodeWebP(img *image.NRGBA) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			data, err = nil, fmt.Errorf("write WebP: the encoder panicked: %v", p)
		}
	}()
	var out bytes.Buffer
	if err := nativewebp.Encode(&out, img, nil); err != nil {
		return nil, fmt.Errorf("write WebP: %w", err)
	}
	size := img.Bounds().Size()
	again, err := decode(out.Bytes(), header{format: formatWebP, w: size.X, h: size.Y})
	if err != nil {
		return nil, fmt.Errorf("read the written WebP: %w", err)
	}
	for y := range size.Y {
		row := 4 * size.X
		if !bytes.Equal(again.Pix[y*again.Stride:][:row], img.Pix[y*img.Stride:][:row]) {
			return nil, errors.New("write WebP: the encoder made another picture")
		}
	}
	return out.Bytes(), nil
}

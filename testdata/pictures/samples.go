package main

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strconv"

	"copydesk/pipeline/images/jpeg"
)

// samples prints the SSIM of thumbnails as the encoder gets them: what resampling loses, without what any encoder does.
// Even a perfect thumbnail in a file of quality 100 has less than 0.999 where a picture is smooth, since its samples
// are rounded once more, and so are its coefficients.
func samples(text string, names []string) error {
	width, err := strconv.Atoi(text)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := sample(name, width); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func sample(name string, width int) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return err
	}
	p, err := jpeg.Open(data)
	if err != nil {
		return err
	}
	size := image.Pt(width, height(full.Bounds().Size(), width))
	made, err := p.Decode(jpeg.Request{Sizes: []image.Point{size}})
	if err != nil {
		return err
	}
	fmt.Printf("%.5f %s\n", ssim(luma(made.Thumbnails[0]), lanczos(luma(full), size.X, size.Y)), filepath.Base(name))
	return nil
}

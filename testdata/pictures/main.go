// Command pictures is what .ci/pictures measures with: thumbnails by plain imaging, as a peer, the
// likeness of thumbnails to the best that can be made, and the cost of commands.
//
//	pictures imaging WIDTH FOLDER PICTURE...    makes thumbnails by full decoding and Lanczos
//	pictures ssim WIDTH FOLDER PICTURE...       prints the SSIM of FOLDER/NAME.jpg, for each picture
//	pictures samples WIDTH PICTURE...           prints the same of what package jpeg gives, before it is encoded
//	pictures kind PICTURE...                    prints kind, pixels, width and name of each picture
//	pictures cost ROUNDS COMMAND...             prints CPU and wall time in s and memory in MiB of each command, by turns
package main

import (
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png" // pictures may be PNG
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/disintegration/imaging"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 1 && args[0] == "kind":
		return kinds(args[1:])
	case len(args) > 2 && args[0] == "cost":
		return cost(args[1], args[2:])
	case len(args) > 2 && args[0] == "samples":
		return samples(args[1], args[2:])
	case len(args) < 4 || args[0] != "imaging" && args[0] != "ssim":
		return fmt.Errorf("arguments are those in the comment of this command")
	}
	width, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for _, name := range args[3:] {
		img, err := decode(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		h := height(img.Bounds().Size(), width)
		base := filepath.Join(args[2], strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
		switch args[0] {
		case "imaging":
			err = save(base+".jpg", imaging.Resize(img, width, h, imaging.Lanczos))
		case "ssim":
			err = compare(base, luma(img), width, h)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// decode reads a picture.
func decode(name string) (image.Image, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	return img, err
}

// height is that of a picture made so wide.
func height(size image.Point, width int) int { return max(1, (2*size.Y*width+size.X)/(2*size.X)) }

func save(name string, img image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(f, img, &jpeg.Options{Quality: 75}); err != nil {
		return err
	}
	return f.Close()
}

// compare prints the SSIM of a thumbnail, whose height may be rounded another way.
func compare(base string, original plane, w, h int) error {
	img, err := decode(base + ".jpg")
	if err != nil {
		return err
	}
	p := luma(img)
	if p.w != w || p.h < h-1 || p.h > h+1 {
		return fmt.Errorf("the thumbnail has %d x %d pixels, and should have %d x %d", p.w, p.h, w, h)
	}
	fmt.Printf("%.5f %s\n", ssim(p, lanczos(original, p.w, p.h)), filepath.Base(base))
	return nil
}

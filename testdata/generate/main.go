// Generate makes articles in the shape of scraped news, and pictures, for benchmarks and tests.
// The same arguments give the same bytes.
//
//	go run ./testdata/generate -n 10000 DIR    articles in DIR/00/00000.txt …
//	go run ./testdata/generate -md -n 10 DIR   the same in DIR/00/00000.md …, with the fence first
//	go run ./testdata/generate -pictures DIR   a photograph-like JPEG, a PNG drawing, a rotated JPEG
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	n := flag.Int("n", 0, "number of articles")
	seed := flag.Uint64("seed", 1, "another seed gives other articles")
	md := flag.Bool("md", false, "name the articles .md and begin them with the fence, as other tools want them")
	pictures := flag.Bool("pictures", false, "make the pictures")
	flag.Parse()
	dir := flag.Arg(0)
	if dir == "" {
		log.Fatal("name a folder")
	}
	if *pictures {
		writePictures(dir)
	}
	r := rand.New(rand.NewPCG(*seed, 0))
	for i := range *n {
		text, ext := article(r), ".txt"
		if *md {
			text, ext = bytes.TrimLeft(text, "\n"), ".md"
		}
		write(filepath.Join(dir, fmt.Sprintf("%02d", i%100), fmt.Sprintf("%05d%s", i, ext)), text)
	}
}

func write(path string, data []byte) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		log.Fatal(err)
	}
}

var words = strings.Fields(`风暴 港口 列车 城市 昨日 记者 表示 目前 部分 用户 功能 恢复 团队 发布 消息 平台 数据 研究
开放 道路 交通 天气 居民 志愿者 图书馆 公园 早上 晚间 周末 影响 增长 计划 技术 手机 电脑 服务 网络 文化 展览 教育 学校`)

// sentence is a run of Chinese words with punctuation, of about n words.
func sentence(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(words[r.IntN(len(words))])
		if i%5 == 4 && i+1 < n {
			b.WriteString("，")
		}
	}
	return b.String() + "。"
}

// article is one scraped article: a blank line before the fence, an RFC 1123 date, an HTML body with
// hotlinked pictures, a void link, inline styles, and indentation that Markdown would read as code.
func article(r *rand.Rand) []byte {
	title := sentence(r, 5+r.IntN(5))
	date := time.Unix(1.6e9+r.Int64N(1e8), 0).UTC().Format(time.RFC1123)
	date = strings.Replace(date, "UTC", "GMT", 1)
	picture := func() string {
		return fmt.Sprintf("https://img%d.example.com/img/%d/s_%016x.png", r.IntN(3), 20200000+r.IntN(9999), r.Uint64())
	}
	head := picture()
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n---\ntitle: '%s'\ncategories: \n - 新闻\n - 快讯（测试）\nheadimg: '%s'\nauthor: 快讯（测试）\ncomments: false\ndate: %s\nthumbnail: '%s'\n---\n\n<div>   \n", title, head, date, head)
	// Sizes spread as in real archives: many of 3 KB, few of 30 KB and more.
	paragraphs := 2 + int(math.Exp(r.NormFloat64()*1.15+2.1))
	for i := range min(paragraphs, 320) {
		if i%3 == 1 {
			url := picture()
			fmt.Fprintf(&b, "<p align=\"center\"><a href=\"%s\" target=\"_blank\"><img alt=\"%s\" h=\"%d\" src=\"%s\" style=\"border: black 1px solid;\" w=\"600\" referrerpolicy=\"no-referrer\"></a></p>\n",
				strings.Replace(url, "s_", "", 1), title, 35+r.IntN(400), url)
			continue
		}
		fmt.Fprintf(&b, "<p>%s<strong>%s</strong>%s</p>\n", sentence(r, 8+r.IntN(20)), sentence(r, 4), sentence(r, r.IntN(25)+3))
	}
	b.WriteString("\n           \n           \n           <p class=\"end\"><img src=\"https://icons.example.com/end.png\" referrerpolicy=\"no-referrer\"></p>\n")
	fmt.Fprintf(&b, "<div style=\"overflow: hidden;font-size:14px;\">\n          <p class=\"url\"><span style=\"color:#666\">责任编辑：%s</span><a href=\"javascript:;\" class=\"report\" id=\"report\">文章纠错</a></p>\n        </div>\n        \n</div>\n            ", words[r.IntN(len(words))])
	return b.Bytes()
}

// writePictures makes what testdata/articles shows.
func writePictures(dir string) {
	var b bytes.Buffer
	must(jpeg.Encode(&b, photo(1600, 1000), &jpeg.Options{Quality: 80}))
	write(filepath.Join(dir, "harbour.jpg"), b.Bytes())
	b.Reset()
	must(jpeg.Encode(&b, photo(900, 600), &jpeg.Options{Quality: 80}))
	write(filepath.Join(dir, "rotated.jpg"), withOrientation(b.Bytes(), 6))
	b.Reset()
	must((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, drawing(800, 480)))
	write(filepath.Join(dir, "map.png"), b.Bytes())
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// photo is a landscape of smooth hills under a sky, with no sharp edges but the shore.
func photo(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			hill := 0.45 + 0.08*math.Sin(fx*7) + 0.04*math.Sin(fx*19+1)
			c := color.RGBA{uint8(110 + 110*fy), uint8(160 + 70*fy), 235, 255}
			switch {
			case fy > 0.75:
				wave := 12 * math.Sin(fy*90+fx*8)
				c = color.RGBA{uint8(20 + 40*fx), uint8(80 + wave), uint8(120 + wave), 255}
			case fy > hill:
				c = color.RGBA{uint8(50 + 60*fx), uint8(110 - 40*fy), uint8(60 * (1 - fx)), 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// drawing is a plan with flat colours and see-through water.
func drawing(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{244, 240, 230, 255}
			switch {
			case x%120 < 6 || y%96 < 6:
				c = color.NRGBA{255, 255, 255, 255}
			case (x-w/2)*(x-w/2)+(y-h/2)*(y-h/2) < 14000:
				c = color.NRGBA{60, 130, 200, 120}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// withOrientation puts an EXIF block with only the orientation behind a JPEG's first marker.
func withOrientation(data []byte, orientation byte) []byte {
	exif := append([]byte{0xFF, 0xE1, 0, 34}, "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"...)
	exif = append(exif, orientation, 0, 0, 0, 0, 0, 0)
	return append(append(bytes.Clone(data[:2]), exif...), data[2:]...)
}

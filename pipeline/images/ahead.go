package images

import (
	"context"
	"sync"
	"sync/atomic"

	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// ahead has the pictures made that the article is going to ask for, several at once, and gives what ends that.
func (b *bodyRun) ahead() (end func()) {
	if cap(b.hands) < 2 {
		return func() {}
	}
	wants := b.wants()
	tasks := make([]*task, len(wants))
	for i, w := range wants {
		tasks[i] = &task{want: w, done: make(chan struct{})}
		b.tasks[w] = tasks[i]
	}
	ctx, cancel := context.WithCancel(b.ctx)
	var all sync.WaitGroup
	var next atomic.Int64
	for range min(cap(b.hands), len(tasks)) {
		all.Go(func() {
			for i := next.Add(1); i <= int64(len(tasks)); i = next.Add(1) {
				b.doAhead(ctx, tasks[i-1])
			}
		})
	}
	return func() { cancel(); all.Wait() }
}

// doAhead makes a picture; a panic is kept for whoever asks for it.
func (b *bodyRun) doAhead(ctx context.Context, t *task) {
	defer func() {
		t.panicked = recover()
		close(t.done)
	}()
	b.do(ctx, t)
}

// wants gives the pictures that the article is going to ask for, each once and in its order, as far as that can be told
// before they are looked at. The others are made when they are asked for.
func (b *bodyRun) wants() (all []want) {
	known := map[want]bool{}
	add := func(place string, how sizes) {
		if w := (want{place, how}); !known[w] {
			known[w] = true
			all = append(all, w)
		}
	}
	for i, value := range matterRefs(matter.Of(b.doc)) {
		if place, ok := b.matterPlace(value); ok && i < maxMatterRefs && !b.isMade(place) {
			add(place, widest)
		}
	}
	for i := range b.body.Images {
		img := &b.body.Images[i]
		how := b.sizesOf(img)
		place, ok := b.place(img.URL)
		if !ok || b.isLeft(img, place, how) {
			continue
		}
		if larger, ok := b.linked(img, how); ok {
			place = larger
		}
		add(place, how)
	}
	return all
}

// linked gives the place that the link around an image leads to, if the image may be made of that in such sizes.
func (b *bodyRun) linked(img *markup.Image, how sizes) (place string, ok bool) {
	if how == ownSize || img.Attr == "poster" || img.Link < 0 || how != allSizes && b.Links != dropLinks {
		return "", false
	}
	place, ok = b.place(b.body.Links[img.Link].URL)
	return place, ok && isPictureName(place) && !b.isMade(place)
}

// isLeft tells whether the reference of an image stays as it is, whatever it leads to.
func (b *bodyRun) isLeft(img *markup.Image, place string, how sizes) bool {
	return b.isMade(place) || img.URLSpan.Len() == 0 || how == ownSize && !isElsewhere(img.URL)
}

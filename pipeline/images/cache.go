package images

import (
	"container/list"
	"context"
	"sync"
)

// key says what was made: of which bytes, by their SHA-256, and in which sizes.
type key struct {
	sum   [32]byte
	sizes sizes
}

// cache keeps results of pictures, those used last, up to a number of bytes. What two workers ask
// for at once is made by one of them.
type cache struct {
	budget int
	mu     sync.Mutex
	used   int
	order  list.List // of *entry, the one used last in front
	byKey  map[key]*list.Element
	making map[key]chan struct{}
}

type entry struct {
	key  key
	made *made
}

func newCache(budget int) *cache {
	return &cache{budget: budget, byKey: map[key]*list.Element{}, making: map[key]chan struct{}{}}
}

// get returns what is known under a key, or has it made. What make gives with an error, which is
// ctx's, is not kept.
func (c *cache) get(ctx context.Context, k key, make func() (*made, error)) (*made, error) {
	for {
		have, wait := c.look(k)
		if have != nil {
			return have, nil
		}
		if wait == nil {
			break
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	var result *made
	defer func() { c.put(k, result) }() // In any case, or those who wait would do so for ever.
	m, err := make()
	if err != nil {
		return nil, err
	}
	result = m
	return m, nil
}

// look returns a result, or the channel that is closed when another worker has made it, or
// neither: then the caller is to make it, and to say so by put.
func (c *cache) look(k key) (*made, chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[k]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*entry).made, nil
	}
	if wait, ok := c.making[k]; ok {
		return nil, wait
	}
	c.making[k] = make(chan struct{})
	return nil, nil
}

// put keeps a result, unless it is nil, and wakes those who wait for it.
func (c *cache) put(k key, m *made) {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.making[k])
	delete(c.making, k)
	if m == nil || m.bytes() > c.budget/4 {
		return
	}
	c.byKey[k] = c.order.PushFront(&entry{k, m})
	c.used += m.bytes()
	for c.used > c.budget {
		last := c.order.Remove(c.order.Back()).(*entry)
		delete(c.byKey, last.key)
		c.used -= last.made.bytes()
	}
}

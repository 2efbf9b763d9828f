package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"copydesk/pipeline/files"
)

// store keeps downloads in a folder:
//
//	pictures/objects/2c/2cf24d…        the bytes of a picture, by their SHA-256
//	pictures/urls/0a/0a41be….json      an entry, by the SHA-256 of the URL
//	pictures/partial/0a41be….part      a download that has begun
//	pictures/pruned                    when what had not been used for long was deleted
//
// Objects and entries are whole or not there, whenever a process dies. Several processes may use one folder.
type store struct {
	mu        sync.Mutex
	folder    string
	opened    bool
	temporary bool // it is removed when the run is over
}

// entry is what is known of a URL.
type entry struct {
	URL      string    `json:"url"`
	Sum      string    `json:"sha256"`
	Size     int64     `json:"size"`
	ETag     string    `json:"etag,omitempty"`
	Modified string    `json:"lastModified,omitempty"` // as the server wrote it
	Until    time.Time `json:"freshUntil"`             // it needs no asking before then
}

const (
	maxEntry = 64 << 10            // bytes
	maxFresh = 30 * 24 * time.Hour // however long the server says
	maxWait  = 7 * 24 * time.Hour  // how long a download that broke off waits for a run that goes on
)

// open makes the folder, and takes downloads out of it that nobody went on with.
func (s *store) open() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened {
		return nil
	}
	if s.folder == "" {
		dir, err := os.MkdirTemp("", "copydesk-")
		if err != nil {
			return fmt.Errorf("keep downloads: %w", err)
		}
		s.folder, s.temporary = dir, true
	}
	partial := filepath.Join(s.folder, "pictures", "partial")
	if err := os.MkdirAll(partial, 0o777); err != nil {
		return refuse(fmt.Errorf("keep downloads in %s: %w", files.Quote(partial), files.Cause(err)), "name another folder with --cache-dir, or use --no-cache")
	}
	s.opened = true
	entries, _ := os.ReadDir(partial) // What can't be looked at does no harm.
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > maxWait {
			_ = os.Remove(filepath.Join(partial, e.Name()))
		}
	}
	return nil
}

func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.temporary {
		if s.opened {
			s.prune()
		}
		return nil
	}
	return os.RemoveAll(s.folder)
}

func (s *store) object(sum string) string {
	return filepath.Join(s.folder, "pictures", "objects", sum[:2], sum)
}

func urlKey(url string) string {
	sum := sha256.Sum256([]byte(url))
	return hex.EncodeToString(sum[:])
}

func (s *store) entryPath(url string) string {
	key := urlKey(url)
	return filepath.Join(s.folder, "pictures", "urls", key[:2], key+".json")
}

func (s *store) partPath(url string) string {
	return filepath.Join(s.folder, "pictures", "partial", urlKey(url)+".part")
}

// find gives the entry of a URL whose bytes are there and sound.
func (s *store) find(url string) (e entry, ok bool) {
	text, err := files.Read(s.entryPath(url), maxEntry, "")
	if err != nil || json.Unmarshal(text, &e) != nil || e.URL != url || len(e.Sum) != hex.EncodedLen(sha256.Size) {
		return entry{}, false
	}
	if _, err = s.read(e); err != nil {
		return e, false
	}
	use(s.entryPath(url), s.object(e.Sum))
	return e, true
}

// read gives the bytes of an entry. Those that are not what was downloaded are removed, and are an error.
func (s *store) read(e entry) ([]byte, error) {
	path := s.object(e.Sum)
	data, err := files.Read(path, e.Size, "")
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != e.Sum {
		return nil, errors.Join(fmt.Errorf("read %s: it is not what was downloaded, and is removed; run again", files.Quote(path)), os.Remove(path))
	}
	return data, nil
}

// keep puts the bytes of a finished download under their hash, and its entry beside them.
func (s *store) keep(e entry, p *part) (entry, error) {
	hash := sha256.New()
	if err := p.copyTo(hash); err != nil {
		return e, err
	}
	e.Sum, e.Size = hex.EncodeToString(hash.Sum(nil)), p.size
	if _, err := s.read(e); err != nil {
		if err := create(s.object(e.Sum), p.copyTo); err != nil {
			return e, err
		}
	}
	use(s.object(e.Sum))
	return e, s.note(e)
}

// note writes an entry.
func (s *store) note(e entry) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return create(s.entryPath(e.URL), func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	})
}

// create writes a file that is whole or not there.
func create(path string, fill func(io.Writer) error) error {
	file, err := files.Create(path)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		return errors.Join(err, file.Abort())
	}
	return file.Commit()
}

func (e entry) isFresh() bool { return time.Now().Before(e.Until) }

// takeHeaders takes what an answer says of how long it holds, and how to ask for it again.
func (e *entry) takeHeaders(h http.Header) {
	if tag := h.Get("ETag"); tag != "" || e.ETag == "" {
		e.ETag = tag
	}
	if modified := h.Get("Last-Modified"); modified != "" || e.Modified == "" {
		e.Modified = modified
	}
	e.Until = time.Now().Add(freshness(h))
}

// freshness reads Cache-Control (RFC 9111, 5.2.2) and Age.
func freshness(h http.Header) time.Duration {
	var age time.Duration
	for directive := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			seconds, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 31)
			if err != nil {
				return 0
			}
			age = time.Duration(seconds) * time.Second
		}
	}
	if passed, err := strconv.ParseUint(h.Get("Age"), 10, 31); err == nil {
		age -= time.Duration(passed) * time.Second
	}
	return min(max(age, 0), maxFresh)
}

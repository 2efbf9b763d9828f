package fetch

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"copydesk/pipeline/files"
)

// part is a download that has begun, in a file of records: what a process that was killed, or a power failure,
// left half written is told from what can be relied on. A record is the length of its payload and the
// payload's CRC-32C, four bytes each, big endian, and the payload. The first is a beginning in JSON, the
// others hold the bytes of the picture.
type part struct {
	file    *os.File
	private bool // another process is at work on this URL: nobody goes on with this file
	begin   beginning
	size    int64 // bytes of the picture that are there
}

// beginning says what the bytes are part of.
type beginning struct {
	URL       string `json:"url"`
	Validator string `json:"validator"` // for If-Range; empty: nobody can go on with it
}

const maxRecord = 1 << 20 // bytes of a payload

var errRecord = errors.New("a broken record")

// openPart opens the file of a download, and looks what is there of it already.
func openPart(path, url string) (*part, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	p := &part{file: file}
	if locked, err := files.TryLock(file); err != nil || !locked {
		file.Close()
		if file, err = os.CreateTemp(filepath.Dir(path), "*.part"); err != nil {
			return nil, err
		}
		p.file, p.private = file, true
	}
	end, err := p.scan(func([]byte) error { return nil })
	if err != nil && !errors.Is(err, errRecord) {
		return nil, errors.Join(err, p.close(false))
	}
	if p.begin.URL != url || p.begin.Validator == "" {
		return p, p.reset(beginning{URL: url})
	}
	if err := p.file.Truncate(end); err != nil {
		return nil, errors.Join(err, p.close(false))
	}
	_, err = p.file.Seek(end, io.SeekStart)
	return p, err
}

// scan reads the records that are sound, sets begin and size, and gives the offset behind them. The error
// is errRecord where something else follows, or see's.
func (p *part) scan(see func([]byte) error) (end int64, err error) {
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	in := bufio.NewReaderSize(p.file, 64<<10)
	p.begin, p.size = beginning{}, 0
	for {
		payload, err := readRecord(in)
		if errors.Is(err, io.EOF) {
			return end, nil
		}
		if err != nil {
			return end, errRecord
		}
		if end == 0 {
			if json.Unmarshal(payload, &p.begin) != nil {
				return 0, errRecord
			}
		} else {
			if err := see(payload); err != nil {
				return end, err
			}
			p.size += int64(len(payload))
		}
		end += 8 + int64(len(payload))
	}
}

func readRecord(in io.Reader) ([]byte, error) {
	var head [8]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxRecord {
		return nil, errRecord
	}
	payload := make([]byte, n)
	if _, err := io.ReadFull(in, payload); err != nil || crc32.Checksum(payload, castagnoli()) != binary.BigEndian.Uint32(head[4:]) {
		return nil, errRecord
	}
	return payload, nil
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) } // It is made once, there.

// reset begins anew.
func (p *part) reset(b beginning) error {
	text, err := json.Marshal(b)
	if err == nil {
		err = p.file.Truncate(0)
	}
	if err == nil {
		_, err = p.file.Seek(0, io.SeekStart)
	}
	if err == nil {
		err = p.record(text)
	}
	p.begin, p.size = b, 0
	return err
}

func (p *part) record(payload []byte) error {
	out := make([]byte, 8, 8+len(payload))
	binary.BigEndian.PutUint32(out, uint32(len(payload)))
	binary.BigEndian.PutUint32(out[4:], crc32.Checksum(payload, castagnoli()))
	_, err := p.file.Write(append(out, payload...))
	return err
}

// Write appends bytes of the picture.
func (p *part) Write(data []byte) (n int, err error) {
	for len(data) > 0 {
		now := data[:min(len(data), maxRecord)]
		if err := p.record(now); err != nil {
			return n, refuse(fmt.Errorf("keep a download: %w", files.Cause(err)), "")
		}
		p.size += int64(len(now))
		n += len(now)
		data = data[len(now):]
	}
	return n, nil
}

// copyTo writes the bytes of the picture, all of which must be there.
func (p *part) copyTo(w io.Writer) error {
	size := p.size
	_, err := p.scan(func(payload []byte) error {
		_, err := w.Write(payload)
		return err
	})
	if err == nil && p.size != size {
		err = errRecord
	}
	return err
}

// close gives up the file, which stays for another run only where that can go on with it.
func (p *part) close(done bool) error {
	var err error
	if done || p.private || p.size == 0 || p.begin.Validator == "" {
		err = os.Remove(p.file.Name())
	}
	return errors.Join(err, p.file.Close())
}

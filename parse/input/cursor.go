package input

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"path/filepath"
	"regexp"
	"time"
)

// Cursor says how far a file was read, and how to know it again under another
// name, in a copy or compressed.
type Cursor struct {
	Path   string `json:"path"`
	Device uint64 `json:"device"`
	Inode  uint64 `json:"inode"`

	Offset int64 `json:"offset"` // bytes of its text that were read
	Line   int64 `json:"line"`   // that the next byte belongs to, from 1

	Head string `json:"head"` // print of the first bytes that were read
	Tail string `json:"tail"` // print of the last ones
	Seal string `json:"seal"` // print of a compressed file as it is stored; else empty

	Rested bool      `json:"rested"` // nobody writes to it any more, and it was read to its end
	Lost   bool      `json:"lost"`   // it was not found, and that was said
	Seen   time.Time `json:"seen"`   // by the last run that found it
}

// printBytes is how many bytes a print is made of: more than banners have that
// files begin or end with alike.
const printBytes = 4 << 10

// printOf returns what stands for b: a hash that nobody can aim at.
func printOf(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawStdEncoding.EncodeToString(sum[:18])
}

// headPrint returns the print of the first bytes of a text of which offset bytes
// were read. It grows with the file up to printBytes.
func headPrint(head []byte, offset int64) string {
	return printOf(head[:min(offset, int64(len(head)))])
}

// tailPrint returns the print of the last bytes before offset.
func tailPrint(r io.ReaderAt, offset int64) (string, error) {
	b := make([]byte, min(offset, printBytes))
	if _, err := r.ReadAt(b, offset-int64(len(b))); err != nil && len(b) > 0 {
		return "", err
	}
	return printOf(b), nil
}

// sealPrint returns the print of a file of size bytes as it is stored: its ends,
// where compressed formats keep their checksums, and its size.
func sealPrint(r io.ReaderAt, size int64) (string, error) {
	head, err := tailPrint(r, min(size, printBytes))
	if err != nil {
		return "", err
	}
	tail, err := tailPrint(r, size)
	return printOf(append([]byte(head+tail), byte(size), byte(size>>8), byte(size>>16), byte(size>>24), byte(size>>32))), err
}

// rotated matches the names that rotation gives: app.log.1, app.log-20261122.
var rotated = regexp.MustCompile(`\.\d+$|[.-]\d{6,}$`)

// restsAt reports whether a file that was read to its end, and in which this run
// found nothing new, will grow no more: it was put aside under another name.
func (c *Cursor) restsAt(path string) bool {
	return c.Rested || filepath.Base(c.Path) != filepath.Base(path) || rotated.MatchString(path)
}

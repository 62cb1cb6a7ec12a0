package history

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"analyzer/report"
)

// count is what a run found of one problem, kept as long as the run is.
type count struct {
	problem int64 // its number
	errors  int64
	first   int64 // in seconds since 1970; noTime if the log does not say
	last    int64
}

const noTime = math.MinInt64

// encodeCounts packs counts: a year of hourly runs has millions. What follows the
// count before it is written as the difference, which is small.
func encodeCounts(counts []count) []byte {
	slices.SortFunc(counts, func(a, b count) int { return cmp.Compare(a.problem, b.problem) })
	var b []byte
	var before count
	for _, c := range counts {
		for _, n := range []int64{c.problem - before.problem, c.errors, c.first - before.first, c.last - c.first} {
			b = binary.AppendVarint(b, n)
		}
		before = c
	}
	return deflate(b)
}

// decodeCounts is the inverse of encodeCounts.
func decodeCounts(data []byte) (counts []count, err error) {
	data, err = inflate(data)
	if err != nil {
		return nil, err
	}
	number := func() int64 {
		n, size := binary.Varint(data)
		if size <= 0 {
			err = errors.New("counts of problems: cut short")
			return 0
		}
		data = data[size:]
		return n
	}
	var c count
	for len(data) > 0 && err == nil {
		c.problem += number()
		c.errors = number()
		c.first += number()
		c.last = c.first + number()
		counts = append(counts, c)
	}
	return counts, err
}

func seconds(t *report.Time) int64 {
	if t == nil {
		return noTime
	}
	return t.Unix()
}

// instant is the inverse of seconds.
func instant(seconds int64) *report.Time {
	if seconds == noTime {
		return nil
	}
	return &report.Time{Time: time.Unix(seconds, 0).UTC()}
}

// deflate compresses data. Writing to memory does not fail.
func deflate(data []byte) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// maxInflated bounds what a damaged or hostile database can make of a few bytes.
const maxInflated = 256 << 20

func inflate(data []byte) ([]byte, error) {
	r := flate.NewReader(bytes.NewReader(data))
	out, err := io.ReadAll(io.LimitReader(r, maxInflated))
	if err != nil {
		return nil, fmt.Errorf("compressed data: %w", err)
	}
	return out, nil
}

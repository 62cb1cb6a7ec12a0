package input

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// logOf returns n lines that do not compress to nothing.
func logOf(n int) string {
	var b strings.Builder
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		fmt.Fprintf(&b, `{"time":"2026-01-02T03:04:05Z","status":500,"request_id":"%016x","line":%d}`+"\n", rng.Uint64(), i)
	}
	return b.String()
}

func gzipped(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstded(t testing.TB, data string, options ...zstd.EOption) string {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, append(options, zstd.WithEncoderConcurrency(1))...)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bzipped is "one\ntwo\n" as bzip2 -9 writes it.
const bzipped = "QlpoOTFBWSZTWacUK3cAAALBgAAQAgGEgCAAIYAMAjj1G4u5IpwoSFOKFbuA"

// readAll returns what a source holds and how it ends.
func readAll(t testing.TB, r io.Reader, o Options) (string, Result) {
	t.Helper()
	var b strings.Builder
	var covered int64
	result, err := Read(t.Context(), "", r, o, func(c *Chunk) error {
		covered += max(int64(len(c.Data)), c.Oversize) + c.Padding
		b.Write(c.Data)
		c.Release()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if covered != result.Bytes {
		t.Errorf("%d bytes emitted, %d told", covered, result.Bytes)
	}
	return b.String(), result
}

func TestCompressed(t *testing.T) {
	log := logOf(2000)
	bz, err := base64.StdEncoding.DecodeString(bzipped)
	if err != nil {
		t.Fatal(err)
	}
	gz, zst, bzip := gzipped(t, log), zstded(t, log), string(bz)
	empty := zstded(t, "", zstd.WithZeroFrames(true))
	skip := "\x5a\x2a\x4d\x18\x05\x00\x00\x00hello"
	padding := strings.Repeat("\x00", 1000)
	complete := func(compression string) Result { return Result{Status: Complete, Compression: compression} }
	tests := []struct {
		name, stored, want string
		result             Result
	}{
		{"gzip", gz, log, complete("gzip")},
		{"gzip members", gz + gzipped(t, "") + gz, log + log, complete("gzip")},
		{"gzip padding", gz + padding, log, complete("gzip")},
		{"gzip of nothing", gzipped(t, ""), "", complete("gzip")},
		{"gzip in gzip", gzipped(t, gz), gz, complete("gzip")},
		{"zstd", zst, log, complete("zstd")},
		{"zstd frames", zst + empty + zst, log + log, complete("zstd")},
		{"zstd without checksum", zstded(t, log, zstd.WithEncoderCRC(false)), log, complete("zstd")},
		{"zstd single segment", zstded(t, "a\n", zstd.WithSingleSegment(true)), "a\n", complete("zstd")},
		{"zstd repeated byte", zstded(t, strings.Repeat("a", 500_000)), strings.Repeat("a", 500_000), complete("zstd")},
		{"zstd skippable", skip + zst + skip + zst + skip, log + log, complete("zstd")},
		{"zstd padding", zst + padding, log, complete("zstd")},
		{"only skippable", skip, "", complete("zstd")},
		{"bzip2", bzip, "one\ntwo\n", complete("bzip2")},
		{"bzip2 streams", bzip + bzip, "one\ntwo\none\ntwo\n", complete("bzip2")},
		{"short", "\x1f", "\x1f", complete("")},
		{"text like bzip2", "BZh9 is a magic\n", "BZh9 is a magic\n", complete("")},

		{"gzip garbage", gz + "garbage", log, Result{Status: Partial, Reason: fmt.Sprintf("gzip: trailing data at compressed byte %d", len(gz)), Compression: "gzip"}},
		{"zstd garbage", zst + "garbage", log, Result{Status: Partial, Reason: fmt.Sprintf("zstd: trailing data at compressed byte %d", len(zst)), Compression: "zstd"}},
		{"gzip checksum", gz[:len(gz)-8] + "\x00" + gz[len(gz)-7:], log, Result{Status: Partial, Reason: "gzip: checksum mismatch", Compression: "gzip"}},
		{"not gzip", "\x1f\x8bnot gzip at all", "", Result{Status: Failed, Reason: "gzip: invalid header at compressed byte 10", Compression: "gzip"}},
		{"zstd window", "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", "", Result{Status: Failed, Reason: "zstd: window larger than 128 MiB at compressed byte 6", Compression: "zstd"}},
		{"zstd dictionary", "\x28\xb5\x2f\xfd\x01\x00\x07\x01\x00\x00", "", Result{Status: Failed, Reason: "zstd: dictionary needed at compressed byte 7", Compression: "zstd"}},
		{"xz", "\xfd7zXZ\x00rest", "", Result{Status: Failed, Reason: "unsupported compression xz", Compression: "xz"}},
		{"zip", "PK\x03\x04rest", "", Result{Status: Failed, Reason: "unsupported compression zip", Compression: "zip", Binary: true}},
	}
	for _, test := range tests {
		readers := map[string]io.Reader{
			"whole":    strings.NewReader(test.stored),
			"one byte": iotest.OneByteReader(strings.NewReader(test.stored)),
		}
		for kind, r := range readers {
			got, result := readAll(t, r, Options{ChunkSize: 1000})
			result.Bytes = 0
			if got != test.want || result != test.result {
				t.Errorf("%s, %s reads: %d bytes, want %d; %+v, want %+v", test.name, kind, len(got), len(test.want), result, test.result)
			}
		}
	}
}

// TestCutCompressed cuts compressed files at many points: what comes out is what
// the file begins with, and the source is never called complete.
func TestCutCompressed(t *testing.T) {
	first, second := logOf(300), logOf(40)
	for _, test := range []struct {
		name          string
		first, second string
	}{
		{"gzip", gzipped(t, first), gzipped(t, second)},
		{"zstd", zstded(t, first), zstded(t, second)},
		{"zstd", zstded(t, first, zstd.WithEncoderCRC(false)), zstded(t, second, zstd.WithSingleSegment(true))},
	} {
		stored := test.first + test.second
		for at := range stored {
			if at < 4 || at%41 != 0 && at < len(test.first)-20 || at == len(test.first) {
				continue
			}
			got, result := readAll(t, strings.NewReader(stored[:at]), Options{ChunkSize: 4096})
			status := Partial
			if got == "" {
				status = Failed
			}
			reason := fmt.Sprintf("%s: unexpected end of data at compressed byte %d", test.name, at)
			if !strings.HasPrefix(first+second, got) || result.Status != status || result.Reason != reason {
				t.Errorf("%s cut at %d: %d bytes, %+v", test.name, at, len(got), result)
			}
			if at > len(test.first) && !strings.HasPrefix(got, first) {
				t.Errorf("%s cut at %d, after the first part: only %d bytes of it came out", test.name, at, len(got))
			}
		}
	}
}

// TestFlippedBit damages one bit anywhere in the data.
func TestFlippedBit(t *testing.T) {
	log := logOf(300)
	for name, stored := range map[string]string{"gzip": gzipped(t, log), "zstd": zstded(t, log)} {
		for at := 20; at < len(stored); at += 101 {
			damaged := []byte(stored)
			damaged[at] ^= 0x10
			if _, result := readAll(t, bytes.NewReader(damaged), Options{ChunkSize: 4096}); result.Status == Complete {
				t.Errorf("%s with a flipped bit at %d: %+v", name, at, result)
			}
		}
	}
}

func TestReadErrorCompressed(t *testing.T) {
	log := logOf(2000)
	gz := gzipped(t, log)
	r := io.MultiReader(strings.NewReader(gz[:20_000]), iotest.ErrReader(io.ErrClosedPipe))
	got, result := readAll(t, r, Options{})
	if got == "" || !strings.HasPrefix(log, got) || result.Status != Partial || result.Reason != "read at byte 20000: "+io.ErrClosedPipe.Error() {
		t.Errorf("%d bytes, %+v", len(got), result)
	}
}

// TestExpansionLimit stops bombs at the limit, to the byte.
func TestExpansionLimit(t *testing.T) {
	const limit = 1000
	for name, pack := range map[string]func(testing.TB, string) string{
		"gzip": gzipped,
		"zstd": func(t testing.TB, s string) string { return zstded(t, s) },
	} {
		for _, test := range []struct {
			bytes, want int
			status      string
			reason      string
		}{
			{limit, limit, Complete, ""},
			{limit + 1, limit, Failed, "expansion limit"},
			{50 << 20, limit, Failed, "expansion limit"},
		} {
			got, result := readAll(t, strings.NewReader(pack(t, strings.Repeat("a", test.bytes))), Options{MaxExpand: limit})
			if len(got) != test.want || result.Status != test.status || result.Reason != test.reason {
				t.Errorf("%s of %d bytes: %d bytes, %+v", name, test.bytes, len(got), result)
			}
		}
	}
}

func TestManyMembers(t *testing.T) {
	member := gzipped(t, "")
	got, result := readAll(t, strings.NewReader(strings.Repeat(member, 100_000)+gzipped(t, "a\n")), Options{})
	if got != "a\n" || result.Status != Complete {
		t.Errorf("got %q, %+v", got, result)
	}
}

// TestNoLeak leaves compressed sources in every way; no goroutine may stay.
func TestNoLeak(t *testing.T) {
	log := logOf(20_000)
	stored := map[string]string{"gzip": gzipped(t, log), "zstd": zstded(t, log), "cut": gzipped(t, log)[:100_000]}
	for range 10 {
		for name, s := range stored {
			readAll(t, strings.NewReader(s), Options{})
			readAll(t, strings.NewReader(s), Options{MaxExpand: 10})
			ctx, cancel := context.WithCancel(t.Context())
			_, err := Read(ctx, "", strings.NewReader(s), Options{ChunkSize: 1000}, func(*Chunk) error {
				cancel()
				return nil
			})
			if err != context.Canceled {
				t.Errorf("%s: %v after cancel", name, err)
			}
			Read(t.Context(), "", strings.NewReader(s), Options{ChunkSize: 1000}, func(*Chunk) error { return io.ErrShortWrite })
		}
	}
	// Read waits for its goroutine; what context.AfterFunc started may still be
	// on its way out.
	var stacks string
	for range 1000 {
		all := make([]byte, 1<<20)
		stacks = string(all[:runtime.Stack(all, true)])
		if !strings.Contains(stacks, "input.(*ahead)") && !strings.Contains(stacks, "input.wake") {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("goroutines are left:\n%s", stacks)
}

// FuzzCompressed takes any bytes for a compressed file.
func FuzzCompressed(f *testing.F) {
	f.Add([]byte(gzipped(f, "a\nb\n")))
	f.Add([]byte(zstded(f, "a\nb\n")))
	bz, _ := base64.StdEncoding.DecodeString(bzipped)
	f.Add(bz)
	f.Add([]byte("\n\x00a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, result := readAll(t, bytes.NewReader(data), Options{MaxExpand: 1 << 20})
		again, result2 := readAll(t, iotest.OneByteReader(bytes.NewReader(data)), Options{ChunkSize: 1, MaxExpand: 1 << 20})
		if withoutHoles(whole) != withoutHoles(again) || result != result2 {
			t.Errorf("%d bytes, %+v; byte by byte %d bytes, %+v", len(whole), result, len(again), result2)
		}
	})
}

// withoutHoles returns text without the NUL bytes that its lines begin with: how many of
// them lie between chunks depends on the chunks.
func withoutHoles(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimLeft(line, "\x00"))
	}
	return b.String()
}

package input

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// encoded returns text in UTF-16, without a byte order mark.
func encoded(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

func TestText(t *testing.T) {
	const log = "{\"status\":500,\"path\":\"/é/日本/😀\"}\r\n{\"status\":404}\r\n"
	const leBOM, beBOM = "\xff\xfe", "\xfe\xff"
	le, be := encoded(log, binary.LittleEndian), encoded(log, binary.BigEndian)
	english := encoded(`{"status":500,"path":"/a"}`+"\n", binary.LittleEndian)
	hole := strings.Repeat("\x00", 3000)
	random := make([]byte, 4096)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(rng.Uint32())
	}
	tests := []struct {
		name, stored, want string
		result             Result
	}{
		{"UTF-8", log, log, Result{Status: Complete}},
		{"UTF-16 little endian", leBOM + le, log, Result{Status: Complete, Encoding: "utf-16le"}},
		{"UTF-16 big endian", beBOM + be, log, Result{Status: Complete, Encoding: "utf-16be"}},
		{"UTF-16 in gzip", gzipped(t, leBOM+le), log, Result{Status: Complete, Encoding: "utf-16le", Compression: "gzip"}},
		{"UTF-16 of nothing", leBOM, "", Result{Status: Complete, Encoding: "utf-16le"}},
		{"UTF-16 cut in a character", leBOM + le[:len(le)-1], log[:len(log)-1], Result{Status: Partial, Reason: "UTF-16: unexpected end of data", Encoding: "utf-16le"}},
		{"half a surrogate", leBOM + "a\x00\x3d\xd8\n\x00", "a\ufffd\n", Result{Status: Complete, Encoding: "utf-16le"}},
		{"UTF-16 without mark", english, "", Result{Status: Failed, Reason: "UTF-16 without a byte order mark"}},
		{"UTF-16 without mark", encoded(english, binary.BigEndian)[:0] + "\x00" + english[:len(english)-1], "", Result{Status: Failed, Reason: "UTF-16 without a byte order mark"}},
		{"UTF-32", "\xff\xfe\x00\x00{\x00\x00\x00", "", Result{Status: Failed, Reason: "unsupported encoding UTF-32"}},

		{"nothing", "", "", Result{Status: Complete}},
		{"one byte", "{", "{", Result{Status: Complete}},
		{"Latin-1", "caf\xe9 \xe4\xf6\xfc\n", "caf\xe9 \xe4\xf6\xfc\n", Result{Status: Complete}},
		{"colours", "\x1b[31merror\x1b[0m\n", "\x1b[31merror\x1b[0m\n", Result{Status: Complete}},
		{"an accident", "\x07\x00 bell\n" + log, "\x07\x00 bell\n" + log, Result{Status: Complete}},
		{"hole before the first line", hole + log, log, Result{Status: Complete}},
		{"hole after the first line", log + hole + log, log + log, Result{Status: Complete}},
		{"Docker's stream", "\x01\x00\x00\x00\x00\x00\x00\x20" + `{"status":500,"path":"/a/b/c/d"}` + "\n", "\x01\x00\x00\x00\x00\x00\x00\x20" + `{"status":500,"path":"/a/b/c/d"}` + "\n", Result{Status: Complete}},
		{"ELF", "\x7fELF\x02\x01\x01" + hole, "", Result{Status: Failed, Reason: "not a text log (binary)", Binary: true}},
		{"PNG", "\x89PNG\r\n\x1a\n" + log, "", Result{Status: Failed, Reason: "not a text log (binary)", Binary: true}},
		{"random", string(random), "", Result{Status: Failed, Reason: "not a text log (binary)", Binary: true}},
		{"tar in gzip", gzipped(t, "app.log"+hole[:500]+"ustar"), "", Result{Status: Failed, Reason: "not a text log (binary)", Compression: "gzip", Binary: true}},
	}
	for _, test := range tests {
		for kind, r := range map[string]io.Reader{
			"whole":    strings.NewReader(test.stored),
			"one byte": iotest.OneByteReader(strings.NewReader(test.stored)),
		} {
			got, result := readAll(t, r, Options{Text: true, ChunkSize: 20})
			result.Bytes = 0
			if got != test.want || result != test.result {
				t.Errorf("%s, %s reads: got %.80q and %+v, want %.80q and %+v", test.name, kind, got, result, test.want, test.result)
			}
		}
	}
}

// TestTextKeepsNobodyWaiting reads a pipe that has written one short line.
func TestTextKeepsNobodyWaiting(t *testing.T) {
	for _, stored := range []string{"a line\n", encoded("\ufeffa line\n", binary.LittleEndian)} {
		r, w := io.Pipe()
		go io.WriteString(w, stored)
		text, _, err := asText(r)
		if err != nil {
			t.Fatal(err)
		}
		line := make([]byte, 7)
		if n, err := io.ReadFull(text, line); err != nil || string(line[:n]) != "a line\n" {
			t.Errorf("got %q, %v", line[:n], err)
		}
	}
}

// TestLongUTF16 decodes more than one buffer, with a character across each
// border.
func TestLongUTF16(t *testing.T) {
	want := "x" + strings.Repeat("😀é", utf16Size/2)
	text := newUTF16Reader(strings.NewReader(encoded(want, binary.BigEndian)), binary.BigEndian)
	if got, err := io.ReadAll(text); err != nil || string(got) != want {
		t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
	}
}

// FuzzUTF16 decodes any units as the standard library does, however they come.
func FuzzUTF16(f *testing.F) {
	f.Add([]byte("a\x00\x3d\xd8\x00\xde\x3d\xd8\x3d\xd8\n\x00\x00\xdc"))
	f.Add([]byte("\x3d\xd8"))
	f.Fuzz(func(t *testing.T, data []byte) {
		data = data[:len(data)/2*2]
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(data[2*i:])
		}
		want := string(utf16.Decode(units))
		for _, r := range []io.Reader{strings.NewReader(string(data)), iotest.OneByteReader(strings.NewReader(string(data)))} {
			got, err := io.ReadAll(newUTF16Reader(r, binary.LittleEndian))
			if err != nil || string(got) != want {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		}
	})
}

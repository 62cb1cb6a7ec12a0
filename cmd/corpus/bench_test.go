package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The same flags give the same bytes, on every machine and with every release
// of Go: a published figure stays comparable only as long as this holds.
func TestSameSeedSameBytes(t *testing.T) {
	for _, c := range []struct {
		args   string
		sha256 string
	}{
		{"story", "355710db1b03a18d36905d87be323a4d21b640d2d688d3db75281232b5179ad6"},
		{"story --seed 7 --scale 2", "ea87710acea9a6d7e1b3f6313944eb012782a8f8e46e6fce7a21b3d86cbab5bf"},
		{"bench --errors 1 --size 300KiB", "ad87f24b2e90eff84142c78c0aa2e0f04972045df74ac1a445c5fee2fabc3f46"},
		{"bench --errors 100 --size 64KiB --seed 7", "f7b19d47d7d386825cd8702dac76a9f266de5fd37e26f920e38275262163c19f"},
		{"cardinality --ids 90 --messages 80 --paths 70 --records 300", "c5e0a6f8e16e698bad5d60cfaa0f5f88b04e8463b38b9f7954d974057bcf4ea9"},
		{"cardinality --ids 90 --messages 80 --paths 70 --records 300 --skew --seed 7", "09b345150e9f26ec022c51cecfb56eb2d53ef21090fdcde375e54c5d75b61737"},
	} {
		t.Run(c.args, func(t *testing.T) {
			sum := sha256.Sum256(output(t, c.args))
			if got := hex.EncodeToString(sum[:]); got != c.sha256 {
				t.Errorf("SHA-256 %s, want %s", got, c.sha256)
			}
		})
	}
}

// The log on which packs are checked is a corpus too.
func TestEmbeddedBenchmark(t *testing.T) {
	packed, err := os.Open("../analyzer/benchmark.log.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(embedded, output(t, "bench --errors 1 --size 512KiB")) {
		t.Error("cmd/analyzer/benchmark.log.gz is not what bench --errors 1 --size 512KiB writes")
	}
}

func TestSeedsDiffer(t *testing.T) {
	for _, args := range []string{"story", "bench --errors 10 --size 64KiB", "cardinality --records 50"} {
		if bytes.Equal(output(t, args+" --seed 1"), output(t, args+" --seed 2")) {
			t.Errorf("%s: two seeds give the same bytes", args)
		}
	}
}

// A larger corpus begins with the smaller one: a sample is a prefix.
func TestBenchGrowsAtItsEnd(t *testing.T) {
	small, large := output(t, "bench --errors 10 --size 300KiB"), output(t, "bench --errors 10 --size 900KiB")
	if !bytes.HasPrefix(large, small) {
		t.Error("900 KiB do not begin with the 300 KiB of the same seed")
	}
	if len(small) < 300<<10 || len(small) > 301<<10 {
		t.Errorf("asked for 300 KiB, got %d bytes", len(small))
	}
}

func TestBenchLinesAreJSON(t *testing.T) {
	for _, percent := range []string{"0", "1", "10", "100"} {
		for l := range bytes.Lines(output(t, "bench --size 500KiB --errors "+percent)) {
			checkJSON(t, l)
		}
	}
}

// checkJSON fails unless l is one object, whole, with each key once.
func checkJSON(t *testing.T, l []byte) {
	t.Helper()
	if !json.Valid(l) || l[0] != '{' || l[len(l)-1] != '\n' {
		t.Fatalf("no JSON line: %s", l)
	}
	d := json.NewDecoder(bytes.NewReader(l))
	seen := map[string]bool{}
	_, _ = d.Token()
	for d.More() {
		key, _ := d.Token()
		if seen[key.(string)] {
			t.Fatalf("key %q twice: %s", key, l)
		}
		seen[key.(string)] = true
		var value json.RawMessage
		_ = d.Decode(&value)
	}
}

// An error's status stands in its members, its body or its text, escaped up to
// three times. Nothing else in the corpus looks like this.
var errorStatus = regexp.MustCompile(`status(Code|_code)?\\*":[45]\d\d`)

func TestBenchShareOfErrors(t *testing.T) {
	for _, c := range []struct {
		percent     string
		least, most int // of 1000 lines
	}{{"0", 0, 0}, {"1", 7, 13}, {"10", 90, 110}, {"100", 1000, 1000}} {
		lines, errors := 0, 0
		for l := range bytes.Lines(output(t, "bench --size 4MiB --errors "+c.percent)) {
			lines++
			if errorStatus.Match(l) {
				errors++
			}
		}
		if share := errors * 1000 / lines; share < c.least || share > c.most {
			t.Errorf("--errors %s: %d of %d lines hold one", c.percent, errors, lines)
		}
	}
}

// What facts about a mixed log are worth measuring on: every layout, wrapping,
// embedding and decoy occurs.
func TestBenchHoldsEveryForm(t *testing.T) {
	text := string(output(t, "bench --errors 10 --size 2MiB"))
	for _, part := range append([]string{
		`"ts":17953`, `"level":"ERROR"`, `"level":50,"time":1`, `"time_iso8601"`, `"status":"RUNNING"`, `{"log":"{\"`,
		`"response_body":{"errors"`, `"response_body":"{\"errors\"`, `"msg":"aiven client: GET: 404: {\"errors\"`,
		`\"response_body\":{\"errors\"`, `\"response_body\":\"{\\\"errors\\\"`, `"err":{"type":"AivenError"`,
	}, decoys...) {
		if !strings.Contains(text, part) {
			t.Errorf("nowhere: %s", part)
		}
	}
}

func BenchmarkBench(b *testing.B) {
	const size = 8 << 20
	b.SetBytes(size)
	for b.Loop() {
		if err := writeBench(io.Discard, 1, 1, size); err != nil {
			b.Fatal(err)
		}
	}
}

// output runs the command line and returns what it writes.
func output(t *testing.T, args string) []byte {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(strings.Fields(args), &out, &errOut); code != exitOK {
		t.Fatalf("corpus %s: exit %d: %s", args, code, errOut.Bytes())
	}
	return out.Bytes()
}

package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkStart is what a run costs beside its records: on an empty log, and on
// one error, for which the packs are compiled.
func BenchmarkStart(b *testing.B) {
	const line = `{"status":404,"response":{"errors":[{"message":"Service 'x' does not exist","status":404}]}}` + "\n"
	for _, c := range []struct{ name, content string }{{"empty", ""}, {"error", line}} {
		log := filepath.Join(b.TempDir(), "app.log")
		if err := os.WriteFile(log, []byte(c.content), 0o600); err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				w := world{out: io.Discard, errs: io.Discard, env: func(string) string { return "" }, now: time.Now, ticks: ticks}
				if code := run([]string{log}, w); code != exitOK {
					b.Fatalf("exit code %d", code)
				}
			}
		})
	}
}

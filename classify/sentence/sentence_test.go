package sentence

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// sentences reads testdata/sentences.tsv: a sentence, and behind a tab the inputs
// that it names, between commas.
func sentences(t testing.TB) (texts, inputs []string) {
	t.Helper()
	file, err := os.Open("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text, names, found := strings.Cut(lines.Text(), "\t")
		if !found {
			t.Fatalf("no tab in %q", lines.Text())
		}
		texts, inputs = append(texts, text), append(inputs, names)
	}
	return texts, inputs
}

func TestSentencesNameTheirInputs(t *testing.T) {
	texts, inputs := sentences(t)
	for i, text := range texts {
		var names []string
		for _, name := range Inputs(text) {
			names = append(names, name.Text)
		}
		if got := strings.Join(names, ", "); got != inputs[i] {
			t.Errorf("%s\n\tnames %q, want %q", text, got, inputs[i])
		}
	}
}

func FuzzInputs(f *testing.F) {
	texts, _ := sentences(f)
	for _, text := range texts {
		f.Add(text)
	}
	f.Add(strings.Repeat("a, b and ", 200) + "c are required")
	f.Add("[[[\"'`<code>“")
	f.Fuzz(func(t *testing.T, text string) {
		names := Inputs(text)
		if len(names) > maxNames {
			t.Errorf("%d names", len(names))
		}
		for _, name := range names {
			if text[name.Start:name.End] != name.Text || name.Text == "" {
				t.Errorf("%q does not stand at %d", name.Text, name.Start)
			}
		}
	})
}

func BenchmarkInputs(b *testing.B) {
	texts, _ := sentences(b)
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			Inputs(text)
		}
	}
}

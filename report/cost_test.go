package report

import (
	"math/rand/v2"
	"runtime"
	"strconv"
	"testing"
	"time"

	"analyzer/classify"
	"analyzer/parse"
)

// live returns the bytes that survive a collection.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestMemoryIsBounded counts errors that are all different in all that a tally
// keeps apart: a tally stays small, and does not grow once it is full.
func TestMemoryIsBounded(t *testing.T) {
	const half, most = 100_000, 12 << 20
	f := ordinary.finding(rand.New(rand.NewPCG(1, 1)), 0)
	f.Fields = []string{""}
	before := live()
	tally := NewTally(Options{})
	var used [2]int64
	for i := range used {
		for n := i * half; n < (i+1)*half; n++ {
			tally.Add(different(f, n))
		}
		used[i] = live() - before
	}
	runtime.KeepAlive(tally)
	if used[1] > most || used[1] > used[0]*5/4 {
		t.Errorf("%d and then %d bytes for %d and %d errors, want no growth and at most %d", used[0], used[1], half, 2*half, most)
	}
}

// different makes f differ from all others.
func different(f *classify.Finding, n int) *classify.Finding {
	text := strconv.Itoa(n)
	f.Offset, f.Line = int64(n)*100, int64(n)
	f.Time = epoch.Add(time.Duration(n) * time.Second)
	f.IDs = []parse.ID{{Kind: "request", Value: "9f2c77e1-0000-4000-8000-" + text}}
	f.Path = "/v1/project/acme/service/" + text
	if n%8 == 0 {
		f.IDs = nil
	}
	f.Caller, f.Service, f.Resource, f.Fields[0] = "tok-"+text, "service-"+text, "demo-"+text, "f"+text
	f.Problem.Status = 400 + n%60
	f.Problem.Code = ""
	f.Problem.Route = "/v1/project/{project}/service/" + strconv.Itoa(n/7%100)
	f.Problem.Message = "message that differs " + text
	return f
}

// findings draws the errors of an ordinary bad hour.
func findings(n int) []*classify.Finding {
	rng := rand.New(rand.NewPCG(15, 16))
	v := ordinary
	v.ids, v.sources = n/3, 1 // a worker reads one source after the other
	list := make([]*classify.Finding, n)
	for i := range list {
		list[i] = v.finding(rng, i)
	}
	return list
}

func TestAddAllocatesNothing(t *testing.T) {
	list := findings(2000)
	tally := NewTally(Options{})
	all := func() {
		for _, f := range list {
			tally.Add(f)
		}
	}
	all()
	if n := testing.AllocsPerRun(3, all); n > 0 {
		t.Errorf("%v allocations for %d errors like those before", n, len(list))
	}
}

func BenchmarkAdd(b *testing.B) {
	list := findings(20_000)
	tally := NewTally(Options{})
	for _, f := range list {
		tally.Add(f)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tally.Add(list[i%len(list)])
	}
}

func BenchmarkAddDifferent(b *testing.B) {
	f := findings(1)[0]
	f.Fields = []string{""}
	tally := NewTally(Options{})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tally.Add(different(f, i))
	}
}

func BenchmarkReport(b *testing.B) {
	tally := NewTally(Options{})
	for _, f := range findings(20_000) {
		tally.Add(f)
	}
	for b.Loop() {
		tally.Report(nil, Tool{})
	}
}

func BenchmarkFrame(b *testing.B) {
	tally := NewTally(Options{})
	for _, f := range findings(20_000) {
		tally.Add(f)
	}
	frame := frameOf(b, tally)
	b.SetBytes(int64(len(frame)))
	for b.Loop() {
		read(b, frame)
	}
}

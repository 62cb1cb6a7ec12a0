package parse

import (
	"strings"
	"testing"
)

func TestSuppressed(t *testing.T) {
	say := []string{
		`Nov 22 14:00:01 host systemd-journald[331]: Suppressed 1234 messages from web.service`,
		`Nov 22 14:00:01 host rsyslogd: imuxsock lost 86 messages from pid 4567 due to rate-limiting`,
		`Nov 22 14:00:01 host rsyslogd: imjournal: 20001 messages lost due to rate-limiting (20000 allowed within 600 seconds)`,
		`Nov 22 14:00:01 host kernel: net_ratelimit: 44 callbacks suppressed`,
		`{"level":"warn","msg":"12 similar messages suppressed"}`,
		`{"level":"warn","msg":"dropped 3 log lines"}`,
		`WARN 512 log events were discarded: dropped by the buffer`,
	}
	silent := []string{
		``,
		`{"level":"error","msg":"producer: 3 messages dropped"}`,
		`{"level":"error","msg":"12 records discarded by the topic"}`,
		`{"status":429,"message":"request rejected due to rate-limiting"}`,
		`{"msg":"warnings suppressed"}`,
		`Suppressed exception: java.io.IOException`,
		`{"suppressed":[{"status":500}]}`,
		`dropped 3 tables` + strings.Repeat(" ", 200) + `of log lines`,
	}
	for _, line := range say {
		if n := Suppressed([]byte(line)); n != 1 {
			t.Errorf("%d: %s", n, line)
		}
	}
	for _, line := range silent {
		if n := Suppressed([]byte(line + "\n")); n != 0 {
			t.Errorf("%d: %s", n, line)
		}
	}
	mixed := append(append([]string{}, say...), silent...)
	all := strings.Repeat(strings.Join(mixed, "\n")+"\n", 3)
	if n := Suppressed([]byte(all)); n != int64(3*len(say)) {
		t.Errorf("%d lines of all, want %d", n, 3*len(say))
	}
	// The same for any cut between lines.
	for i, c := range all {
		if c == '\n' {
			if n := Suppressed([]byte(all[:i+1])) + Suppressed([]byte(all[i+1:])); n != int64(3*len(say)) {
				t.Errorf("%d lines when cut at %d", n, i)
			}
		}
	}
}

func BenchmarkSuppressed(b *testing.B) {
	data := []byte(strings.Repeat(`{"level":"info","ts":1795354808.344,"msg":"topics listed","service":"sync","method":"GET","status":200}`+"\n", 10_000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Suppressed(data)
	}
}

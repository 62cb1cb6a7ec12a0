package parse_test

import (
	"strings"
	"testing"

	"analyzer/parse"
)

func TestSampled(t *testing.T) {
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
		`{"level":"error","msg":"producer: 3 messages dropped"}`,
		`{"level":"error","msg":"12 records discarded by the topic"}`,
		`{"status":429,"path":"/x","message":"request rejected due to rate-limiting"}`,
		`{"msg":"warnings suppressed"}`,
		`Suppressed exception: java.io.IOException`,
		`{"suppressed":[{"status":500}]}`,
	}
	for _, full := range []bool{false, true} {
		_, a := scan(t, strings.Join(append(say, silent...), "\n"), 100, parse.Options{Full: full})
		if got := a.Notes[parse.Sampled]; got != int64(len(say)) {
			t.Errorf("full %v: %d lines, want %d", full, got, len(say))
		}
	}
}

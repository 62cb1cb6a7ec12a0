package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestCardinality(t *testing.T) {
	for _, c := range []struct {
		args                 string
		ids, messages, paths int
		first                int // errors with the commonest message
	}{
		{"--ids 700 --messages 30 --paths 200 --records 2100", 700, 30, 200, 70},
		{"--ids 700 --messages 30 --paths 200 --records 2100 --skew", 700, 30, 200, 1890},
		{"--ids 1 --messages 1 --paths 1 --records 10 --skew", 1, 1, 1, 10},
		{"--ids 50 --messages 2000 --paths 50 --records 2000", 50, 2000, 50, 1},
	} {
		ids, messages, paths := map[string]int{}, map[string]int{}, map[string]int{}
		for l := range bytes.Lines(output(t, "cardinality "+c.args)) {
			checkJSON(t, l)
			var e struct {
				ID     string `json:"request_id"`
				Path   string `json:"path"`
				Status int    `json:"status"`
				Body   struct {
					Message string `json:"message"`
				} `json:"response_body"`
			}
			if err := json.Unmarshal(l, &e); err != nil {
				t.Fatal(err)
			}
			if e.Status != 422 {
				t.Errorf("status %d, want an error", e.Status)
			}
			ids[e.ID]++
			messages[e.Body.Message]++
			paths[e.Path]++
		}
		if len(ids) != c.ids || len(messages) != c.messages || len(paths) != c.paths {
			t.Errorf("%s: %d IDs, %d messages, %d paths", c.args, len(ids), len(messages), len(paths))
		}
		if n := messages["cannot apply the "+word(0)+" policy"]; n != c.first {
			t.Errorf("%s: %d errors have the commonest message, want %d", c.args, n, c.first)
		}
	}
}

func TestWordsDiffer(t *testing.T) {
	seen := map[string]int{}
	for n := range 200_000 {
		w := word(n)
		if was, twice := seen[w]; twice {
			t.Fatalf("word(%d) = word(%d) = %s", n, was, w)
		}
		seen[w] = n
	}
}

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// planted is a secret: the text that holds it, the part that nobody may read, and
// the forms in which it could be read.
type planted struct {
	kind, text, core string
	forms            []string
}

const (
	alnumChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	upperChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	hexChars   = "0123456789abcdef"
)

// word returns n random characters of a set, one of which is a digit. It is made
// up at run time, so that no scanner of source code takes it for a real secret.
func word(rng *rand.Rand, set string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = set[rng.IntN(len(set))]
	}
	b[n/2] = "23457"[rng.IntN(5)]
	return string(b)
}

// shapes are secrets that are known by their shape, wherever they stand.
var shapes = map[string]func(core string) string{
	"aiven token":    func(s string) string { return "aivenv1 " + s + s + "=" },
	"aiven password": func(s string) string { return "AVNS_" + s },
	"bearer":         func(s string) string { return "Bearer " + s },
	"basic":          func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte("admin:"+s)) },
	"jwt":            func(s string) string { return "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi" + s + "." + s },
	"pem": func(s string) string {
		return "-----BEGIN " + "PRIVATE KEY-----\n" + s + "\n" + s + "\n-----END " + "PRIVATE KEY-----"
	},
	"google":        func(s string) string { return "AIza" + s },
	"google oauth":  func(s string) string { return "ya29." + s },
	"github":        func(s string) string { return "ghp_" + s },
	"github fine":   func(s string) string { return "github_pat_" + s },
	"gitlab":        func(s string) string { return "glpat-" + s },
	"slack":         func(s string) string { return "xoxb-" + "12345-" + s },
	"slack hook":    func(s string) string { return "https://hooks.slack.com/services/" + "T0/B0/" + s },
	"stripe":        func(s string) string { return "sk_live_" + s },
	"stripe hook":   func(s string) string { return "whsec_" + s },
	"openai":        func(s string) string { return "sk-" + s },
	"npm":           func(s string) string { return "npm_" + s },
	"vault":         func(s string) string { return "hvs." + s },
	"database":      func(s string) string { return "postgres://avnadmin:" + s + "@pg-1.example.com:12691/defaultdb" },
	"token in uri":  func(s string) string { return "https://" + s + "@git.example.com/x.git" },
	"e-mail":        func(s string) string { return "jane." + s + "@mail.example.com" },
	"aws temporary": func(s string) string { return "ASIA" + strings.ToUpper(s)[:16] },
}

// secretKeys are names beside which any value is a secret.
var secretKeys = []string{"password", "DB_PASSWORD", "api_key", "X-Api-Key", "x-auth-token", "access_token", "accessToken", "client_secret",
	"aws_secret_access_key", "private_key", "session_id", "Authorization", "connection_string", "X-Amz-Signature", "Cookie"}

// places are lines with an error in which a text stands, as logs have it.
var places = []func(text string) string{
	func(s string) string {
		return jsonLine(map[string]any{"status": 400, "path": "/v1/a", "error": map[string]any{"message": "cannot use " + s + " here"}})
	},
	func(s string) string {
		return jsonLine(map[string]any{"status": 401, "path": "/v1/b", "request_headers": map[string]any{"Authorization": s, "X-Note": s, "Cookie": []string{s}}, "message": "not allowed"})
	},
	func(s string) string {
		return jsonLine(map[string]any{"status": 503, "method": "GET", "url": "https://api.example.com/v1/c?note=" + url.QueryEscape(s) + "&y=1", "service": "web"})
	},
	func(s string) string {
		body := jsonLine(map[string]any{"errors": []any{map[string]any{"message": "bad value '" + s + "'", "field": "plan", "status": 422}}})
		return jsonLine(map[string]any{"level": "error", "status": 422, "path": "/v1/d", "response_body": body})
	},
	func(s string) string {
		inner := jsonLine(map[string]any{"error": map[string]any{"code": "denied", "message": "no: " + s}})
		return jsonLine(map[string]any{"status": 403, "path": "/v1/e", "msg": "call failed", "body": jsonLine(map[string]any{"payload": inner, "message": inner})})
	},
	func(s string) string {
		return jsonLine(map[string]any{"status": 500, "path": "/v1/f", "msg": "curl -H \"Authorization: " + s + "\" failed", "stack": "at x\n  with " + s})
	},
	func(s string) string {
		return jsonLine(map[string]any{"status": 404, "path": "/v1/g", "user": s, "error": map[string]any{"message": "gone", "details": []any{s, map[string]any{s: 1}}}})
	},
	func(s string) string {
		return `2026-11-22T14:00:00Z ERROR [500] call failed: {"status":500,"path":"/v1/h","error":{"message":` + jsonLine("for "+s) + `}}`
	},
}

func jsonLine(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// plant returns a log in which n secrets stand, of each kind in turn, in places.
func plant(rng *rand.Rand, n int, places []func(string) string) (log string, secrets []planted) {
	var lines []string
	kinds := make([]string, 0, len(shapes))
	for kind := range shapes {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for i := range n {
		s := planted{core: word(rng, alnumChars, 36)}
		if k := i % (len(kinds) + len(secretKeys)); k < len(kinds) {
			s.kind = kinds[k]
			s.text = shapes[s.kind](s.core)
		} else {
			s.kind = secretKeys[k-len(kinds)]
			s.text = s.kind + "=" + s.core
		}
		if s.kind == "aws temporary" {
			s.core = strings.ToUpper(s.core)[:16]
		}
		s.forms = formsOf(s.core)
		secrets = append(secrets, s)
		line := places[rng.IntN(len(places))](s.text)
		id := fmt.Sprintf(`,"request_id":"r-%d","time":"%s"}`, i/3, time.Date(2026, 11, 22, 13, 0, i, 0, time.UTC).Format(time.RFC3339))
		lines = append(lines, strings.TrimSuffix(line, "}")+id)
	}
	return strings.Join(lines, "\n") + "\n", secrets
}

// formsOf returns a secret raw and as it is encoded or escaped.
func formsOf(secret string) []string {
	forms := []string{secret, hex.EncodeToString([]byte(secret))}
	for shift := range 3 {
		// Of the characters that all bits come from, whatever stands around.
		whole := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + secret))
		forms = append(forms, whole[4:len(whole)-4])
	}
	for _, escape := range []string{`\u%04x`, `\x%02x`, "%%%02X", "&#%d;"} {
		var b strings.Builder
		for _, c := range []byte(secret) {
			fmt.Fprintf(&b, escape, c)
		}
		forms = append(forms, b.String())
	}
	return forms
}

// call runs the program and returns what it prints.
func call(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	w := world{out: &out, errs: &errs, env: func(string) string { return "" }, now: func() time.Time { return now }, ticks: ticks}
	if code := run(args, w); code != exitOK {
		t.Fatalf("analyzer %v: exit code %d: %s", args, code, errs.String())
	}
	return out.String() + errs.String()
}

// TestNoSecretLeaves plants hundreds of secrets in logs and looks for each of them,
// in every form, in all that the program writes.
func TestNoSecretLeaves(t *testing.T) {
	for seed := range uint64(2) {
		t.Chdir(t.TempDir())
		rng := rand.New(rand.NewPCG(seed, 7))
		before, secrets := plant(rng, 250, places)
		after, more := plant(rng, 250, places[:2])
		for name, log := range map[string]string{"before.log": before, "after.log": after} {
			if err := os.WriteFile(name, []byte(log), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		checkSecrets(t, append(secrets, more...), outputs(t, "before.log", "after.log"))
	}
}

// outputs returns what each command and format writes of two logs.
func outputs(t *testing.T, logs ...string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for name, args := range map[string][]string{
		"diff":          {"diff"},
		"diff markdown": {"diff", "-o", "markdown"},
		"diff json":     {"diff", "-o", "json"},
		"trace":         {"trace", "r-5"},
		"trace json":    {"trace", "-o", "json", "r-5"},
		"screen":        {"--top", "1000", "--by", "caller"},
	} {
		all[name] = call(t, append(args, logs...)...)
	}
	args := append([]string{"--full", "--top", "1000"}, logs...)
	for _, format := range formats {
		args = append(args, "-o", format+"=report."+format)
	}
	call(t, args...)
	for _, format := range formats {
		all[format] = readFile(t, "report."+format)
	}
	return all
}

// leastTelling outputs show texts in which secrets stood, so that the test does not
// pass for want of them.
const leastTelling = 12

func checkSecrets(t *testing.T, secrets []planted, outputs map[string]string) {
	t.Helper()
	telling := 0
	for name, output := range outputs {
		if strings.Contains(output, "redacted:") {
			telling++
		}
		leaked := 0
		for _, s := range secrets {
			if i := slices.IndexFunc(s.forms, func(form string) bool { return strings.Contains(output, form) }); i >= 0 {
				if leaked++; leaked <= 5 {
					t.Errorf("%s: holds the secret %s, %s", name, s.kind, surrounding(output, s.forms[i]))
				}
			}
		}
	}
	if telling < leastTelling {
		t.Errorf("only %d outputs show a mask", telling)
	}
}

// surrounding returns form with what stands around it.
func surrounding(output, form string) string {
	i := strings.Index(output, form)
	return fmt.Sprintf("%q", output[max(0, i-120):min(len(output), i+len(form)+20)])
}

package redact

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The secrets of the tests are made up at run time, so that no scanner of source
// code takes them for real ones.
var (
	random    = strings.Repeat("q7Rz2LxVb9Tk4WmE", 30)
	aivenLong = random[:371] + "="
	avns      = "AVNS_" + random[:19]
	jwtSample = "eyJ" + random[:33] + ".eyJ" + random[:60] + "." + random[:43]
	pemSample = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + random[:64] + "\n" + random[64:128] + "\n-----END " + "RSA PRIVATE KEY-----"
	basic64   = base64.StdEncoding.EncodeToString([]byte("avnadmin:hunter2"))
)

// shaped are secrets that are known without a name.
var shaped = map[string]string{
	"aiven scheme":    "aivenv1 " + aivenLong,
	"aiven token":     aivenLong,
	"aiven password":  avns,
	"bearer":          "Bearer " + random[:40],
	"basic":           "Basic " + basic64,
	"jwt":             jwtSample,
	"jwe":             "eyJhbGciOi" + random[:33] + "." + random[:60] + "." + random[:43] + "." + random[:16] + "." + random[:22],
	"pem":             pemSample,
	"pem one line":    strings.ReplaceAll(pemSample, "\n", `\n`),
	"pem cut":         pemSample[:100],
	"aws":             "AKIA" + "QX7RZ2LXVB9TK4WM",
	"aws temporary":   "ASIA" + "QX7RZ2LXVB9TK4WM",
	"google":          "AIza" + random[:35],
	"google oauth":    "ya29." + random[:60],
	"github":          "ghp_" + random[:36],
	"github fine":     "github_pat_" + random[:22] + "_" + random[:59],
	"gitlab":          "glpat-" + random[:20],
	"slack":           "xoxb-" + "123456789012-" + random[:24],
	"slack hook":      "https://hooks.slack.com/services/" + "T0AAAAAAA/B0AAAAAAA/" + random[:24],
	"stripe":          "sk_live_" + random[:24],
	"openai":          "sk-" + "proj-" + random[:48],
	"npm":             "npm_" + random[:36],
	"vault":           "hvs." + random[:90],
	"digitalocean":    "dop_v1_" + strings.Repeat("0a1b", 16),
	"postgres":        "postgres://avnadmin:" + random[:16] + "@pg-1.example.com:12691/defaultdb?sslmode=require",
	"redis":           "rediss://:" + random[:16] + "@redis.example.com:6379",
	"odd uri":         "mysql://root:q7#Rz/2?LxVb9@db.example.com/app",
	"at in password":  "https://root:q7Rz@2LxVb9@example.com/",
	"token in uri":    "https://" + random[:32] + "@git.example.com/x.git",
	"go dsn":          "root:" + random[:16] + "@tcp(db.example.com:3306)/app",
	"e-mail":          "jane.q7rz2lxvb9@mail.example.com",
	"card":            "4111 1111 1111 1111",
	"card, no groups": "5555555555554444",
	"amex":            "3782-822463-10005",
}

// misses are the positions where a secret is not seen.
var misses = map[string]string{
	"card":            "path escape", // whose parts are often numbers
	"card, no groups": "path escape",
	"amex":            "path escape",
	"go dsn":          "path escape, query",
	"aiven token":     "path escape, query", // no prefix, and its length is another
}

// named are secrets that only the key beside them gives away. They hold no
// character that ends a value without quotes.
var named = map[string]string{
	"password": "Tr0ub4dor", "DB_PASSWORD": "hunter2", "passwd": "hunter2", "mysql_pwd": "hunter2", "passphrase": "correct7horse",
	"api_key": "q7Rz2LxVb9Tk", "apikey": "q7Rz2LxVb9Tk", "X-Api-Key": "q7Rz2LxVb9Tk", "x-auth-token": "q7Rz2LxVb9Tk",
	"access_token": "q7Rz2LxVb9Tk", "accessToken": "q7Rz2LxVb9Tk", "client_secret": "q7Rz2LxVb9Tk", "token": "550e8400-e29b-41d4-a716-446655440000",
	"aws_secret_access_key": random[:40], "private_key": "q7Rz2LxVb9Tk", "credentials": "q7Rz2LxVb9Tk", "session": "q7Rz2LxVb9Tk",
	"session_id": "q7Rz2LxVb9Tk", "Authorization": "q7Rz2LxVb9Tk", "auth": "q7Rz2LxVb9Tk", "connection_string": "q7Rz2LxVb9Tk",
	"X-Amz-Signature": strings.Repeat("0a1b", 16), "username": "jane77", "user": "jane77",
}

// positions are the texts around a secret that is known by its shape.
var positions = map[string]func(string) string{
	"alone":        func(s string) string { return s },
	"sentence":     func(s string) string { return "request failed with " + s + " (attempt 3)" },
	"sentence end": func(s string) string { return "cannot use " + s + "." },
	"quoted":       func(s string) string { return "cannot use '" + s + "' here" },
	"curl":         func(s string) string { return `curl -X POST -H "Authorization: ` + s + `" https://api.example.com/v1` },
	"header":       func(s string) string { return "Host: a.example.com\r\nAuthorization: " + s + "\r\nAccept: */*" },
	"json":         func(s string) string { return quoteJSON(map[string]string{"note": s, "z": "end"}) },
	"json in json": func(s string) string {
		return quoteJSON(map[string]string{"body": quoteJSON(map[string]string{"note": s, "z": "end"})})
	},
	"json key":    func(s string) string { return quoteJSON(map[string]int{s: 1}) },
	"query":       func(s string) string { return "GET /v1/x?note=" + url.QueryEscape(s) + "&y=1" },
	"path escape": func(s string) string { return "GET /v1/x/" + url.PathEscape(s) + "/y" },
}

// notations are the ways to write a key and its value.
var notations = []string{
	`{"%s":"%s","z":1}`, `{"%s": "%s"}`, `{\"%s\":\"%s\",\"z\":1}`, `{\"%s\": \"%s\"}`, `{\\\"%s\\\": \\\"%s\\\"}`, `{'%s': '%s', 'z': 1}`,
	`{"%s":["%s"],"z":1}`, `map[%s:[%s] Accept:[*/*]]`, `{:%s=>"%s"}`, "login with %s=%s, then", `%s="%s" z=1`, "%s='%s'", "%s = %s\n",
	"GET /v1?a=1&%s=%s&z=1", "%%3F%s%%3D%s%%26z%%3D1", "%%22%s%%22%%3A%%20%%22%s%%22", "%s: %s\nz: 1", "-H '%s: %s' https://example.com",
	"<%s>%s</x>", "run --%s=%s now", "run --%s %s now", "%s=%s", "%s: \"%s", `\n%s=%s\n`,
}

func quoteJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// leaks returns the longest pieces that a text may hold of a secret: whoever
// reads them knows it.
func leaks(secret, text string) bool {
	for _, part := range regexp.MustCompile(`[A-Za-z0-9]{6,}`).FindAllString(secret, -1) {
		if part != "aivenv1" && strings.ContainsAny(part, "0123456789") && strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// checkText redacts text and checks what holds for every text.
func checkText(t *testing.T, text string) string {
	t.Helper()
	r := New(nil)
	got, changed := r.Text(text)
	if changed != (got != text) {
		t.Errorf("Text(%q) = %q, %t", text, got, changed)
	}
	if direct, _ := r.replace(text); direct != got {
		t.Errorf("Text(%.300q) = %.300q; without the shortcut %q", text, got, direct)
	}
	if again, changed := r.Text(got); changed {
		t.Errorf("Text(%.300q) = %.300q, and once more %q", text, got, again)
	}
	if utf8.ValidString(text) && !utf8.ValidString(got) {
		t.Errorf("Text(%q) = %q, which is not UTF-8", text, got)
	}
	return got
}

func TestSecretsByShape(t *testing.T) {
	for name, s := range shaped {
		for position, put := range positions {
			if misses[name] != "" && strings.Contains(misses[name], position) {
				continue
			}
			// Odd and even offsets, for the sake of the shortcut.
			for _, before := range []string{"", " "} {
				text := before + put(s)
				if got := checkText(t, text); leaks(strings.ReplaceAll(s, "example", ""), got) || !strings.Contains(got, markStart) {
					t.Errorf("%s, %s: %.300q\nbecame %.300q", name, position, text, got)
				}
			}
		}
	}
}

func TestSecretsByName(t *testing.T) {
	for key, s := range named {
		for _, notation := range notations {
			for _, before := range []string{"", " "} {
				for _, name := range []string{key, strings.ToUpper(key), strings.ToLower(key)} {
					text := before + fmt.Sprintf(notation, name, s)
					if got := checkText(t, text); strings.Contains(got, s) || !strings.Contains(got, name) {
						t.Errorf("%.300q\nbecame %.300q", text, got)
					}
				}
			}
		}
	}
}

// TestText pins what exactly is masked, and what stays.
func TestText(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"postgres://avnadmin:" + avns + "@pg.example.com:12691/db", "postgres://avnadmin:[redacted:password]@pg.example.com:12691/db"},
		{`{"password":"a \"quoted\" one","user_config":{}}`, `{"password":"[redacted:password]","user_config":{}}`},
		{`{"password":"ends in \\","plan":"x"}`, `{"password":"[redacted:password]","plan":"x"}`},
		{`{\"password\":\"a \\\"quoted\\\" one\",\"plan\":1}`, `{\"password\":\"[redacted:password]\",\"plan\":1}`},
		{`{"password":12345678,"port":5432}`, `{"password":[redacted:password],"port":5432}`},
		{`{"passwd":["a1","b2"],"plan":"x"}`, `{"passwd":["[redacted:password]"],"plan":"x"}`},
		{`{"passwd":["","b2"],"plan":"x"}`, `{"passwd":["[redacted:password]"],"plan":"x"}`},
		{"auth: x auth:\x80x ", "auth: x auth:[redacted:authorization] "},
		{"auth: 'ailed " + avns + "'", "auth: 'ailed [redacted:authorization]'"},
		{`token:["aa","password":"q7Rz2LxV"`, `token:["aa","password":"[redacted:password]"`},
		{`token:"password":"q7Rz2LxV"`, `token:"password":"[redacted:password]"`},
		{"secret=token: q7Rz2LxV", "secret=token: [redacted:token]"},
		{"https://a@mail.example.com:q7Rz2LxV@h/", "https://[redacted:password]@h/"},
		{"ghp_" + random[:36] + "_token=abc", "[redacted:token]"},
		{"password=secret", "password=[redacted:password]"},
		{`\"Cookie: a=b; c=d\" x`, `\"Cookie: [redacted:cookie]\" x`},
		{`{"password":"cut off`, `{"password":"[redacted:password]`},
		{`{"token":null,"password":"","secret":false}`, `{"token":null,"password":"","secret":false}`},
		{"Authorization: Bearer abc123def", "Authorization: Bearer [redacted:authorization]"},
		{"authorization=Basic%20" + basic64 + "&x=1", "authorization=Basic%20[redacted:authorization]&x=1"},
		{"Authorization: Foo q7Rz2LxVb9", "Authorization: Foo [redacted:authorization]"},
		{"Authorization: Digest username=\"u\", response=\"6629fae4\"\nx", "Authorization: Digest [redacted:authorization]\nx"},
		{"map[Authorization:[Bearer abc123def] Cookie:[a=b; c=d] Host:[h]]", "map[Authorization:[Bearer [redacted:authorization]] Cookie:[[redacted:cookie]] Host:[h]]"},
		{"Set-Cookie: sid=abc; Path=/; HttpOnly\r\nX: y", "Set-Cookie: [redacted:cookie]\r\nX: y"},
		{"-H 'Cookie: a=b; c=d' -H 'X: y'", "-H 'Cookie: [redacted:cookie]' -H 'X: y'"},
		{`"cookie":"a=b; c=d","z":1`, `"cookie":"[redacted:cookie]","z":1`},
		{"api key: " + random[:20], "api key: [redacted:api-key]"},
		{"mail from Jane <jane@example.com>, twice", "mail from Jane <[redacted:email]>, twice"},
		{"to=jane%40example.com&x=1", "to=[redacted:email]&x=1"},
		{"card 4111-1111-1111-1111.", "card [redacted:card]."},
		{"?token=abc123&x=1", "?token=[redacted:token]&x=1"},
		{"<password>a b</password>", "<password>[redacted:password] b</password>"},
		{`"dsn":"postgres://u:pw1@h/d"`, `"dsn":"postgres://u:[redacted:password]@h/d"`},
		{"AccountName=x;AccountKey=abc1+/==;Suffix=y", "AccountName=x;AccountKey=[redacted:secret];Suffix=y"},
		{"token for " + aivenLong + " of aiven", "token for [redacted:token] of aiven"},
		{pemSample + "\nrest", "[redacted:private-key]\nrest"},
		{"пароль password=тайна1, ok", "пароль password=[redacted:password], ok"},
	} {
		if got := checkText(t, test.text); got != test.want {
			t.Errorf("Text(%q)\ngot  %q\nwant %q", test.text, got, test.want)
		}
	}
}

// nearMisses must stay as they are.
var nearMisses = []string{
	"Missing (expired) db token", "token is invalid", "Token expired", "invalid token: expired", "token: invalid", "Unexpected token < in JSON at position 0",
	"unexpected token: '}'", "password must be at least 8 characters", "password: required", "Password: is too short", "Authorization header missing",
	"authorization: missing", "Authorization: Bearer", "Authorization: Bearer <token>", "Authorization failed: unauthorized", "api key: invalid", "API key not found",
	"apikey: not_found", "Incorrect API key provided: sk-ab***yz", "Bearer token is missing", "Bearer authentication required", "Basic authentication failed",
	`WWW-Authenticate: Bearer realm="api", error="invalid_token", error_description="The token expired"`, `WWW-Authenticate: Basic realm="x"`,
	"cookie: expired", "session: expired", "secret: not found", "auth: failed", "auth=none", "user: unknown", "user not found", "login: failed",
	`{"errors":{"password":["The password must be at least 8 characters."]}}`, `{"password": "can't be blank"}`, `{"token": "is invalid"}`,
	`{"error":"invalid_token","error_description":"token revoked"}`, `{"code":"missing_token","status":401}`, `{"error":{"code":"invalid_api_key"}}`,
	`{"token_type":"Bearer","max_tokens":4096,"prompt_tokens":123456789,"completion_tokens":5}`, "max_tokens=4096", "tokens: 12345678",
	`{"password_policy":"strict7","secret_name":"prod-7","api_key_id":"k7-12345678"}`, "primary_key=77abc", `{"user_config":{"pg_version":"16"}}`, "user_agent=curl/8.1",
	`"user":{"id":7}`, `"user": 42`, "keyboard=q7Rz2LxVb9", "PWD=/srv/app7", "OLDPWD=/srv/app7",
	"550e8400-e29b-41d4-a716-446655440000", "request_id=550e8400-e29b-41d4-a716-446655440000", `"x-request-id":"7f3a9c0011223344556677889900aabb"`,
	"trace 4bf92f3577b34da6a3ce929d0e0e4736", "550e8400-4111-1111-1111-111111111111", "10.0.0.1", "2001:db8::1", "[2001:db8::1]:443",
	"https://api.aiven.io/v1/project/x/service?limit=10#a", "http://10.0.0.1:8080/path?q=a@b", "kafka-1.example.com:12691", "https://host:{port}/x",
	"1767225600123", "1767225600123456", "1767225600123456789", "4111111111111112", "order 41111111111111111", "id-4111111111111111", "3.4111111111111111",
	"2026-01-02 03:04:05.123456", "git@github.com:org/repo.git", "image@sha256:abc", "lodash@4.17.21", "pkg@v1.2.3", "a@b", "@mention", "-----BEGIN CERTIFICATE-----\nabc",
	"password=<redacted>", "password=***", "password: ****", `"password":"<redacted>"`, `"token":"[FILTERED]"`, "postgres://u:***@h/d", "postgres://u:xxxxx@h/d",
	"password=${DB_PASSWORD}", "password=$DB_PASSWORD", "token={{ token }}", "token=%s", "token=", "password=null", "Authorization: <hidden>",
	"Invalid value for 'password': too short", `field "token": must be set`, "login=https://example.com/login", "pwd: /srv/app7", "token=[hidden]",
	"a key: value", "the key=7 of a map", "monkey: 5", "token == nil", "Token::Invalid", "disk-1 is full", "task-sk-short", "the basic plan", "asia-northeast1",
	"AKIA is a prefix", "eyJ is one too", "ghp_short", "hello world", "", " ", "🙂", "invalid utf-8 \xff\xfe",
}

func TestNearMisses(t *testing.T) {
	for _, text := range nearMisses {
		for _, before := range []string{"", " ", "x.go:12: "} {
			if got := checkText(t, before+text); got != before+text {
				t.Errorf("%q became %q", before+text, got)
			}
		}
	}
}

func TestValue(t *testing.T) {
	r := New(nil)
	for _, test := range []struct {
		key, value, want string
	}{
		{"password", "correct horse", "[redacted:password]"},
		{"Password", "hunter", "[redacted:password]"},
		{"api-key", "abc", "[redacted:api-key]"},
		{"Authorization", "Bearer abc", "[redacted:authorization]"},
		{"set_cookie", "a=b", "[redacted:cookie]"},
		{"PASSWORD", "12345678", "[redacted:password]"},
		{"user", "jane", "[redacted:user]"},
		{"user", "42", "42"},
		{"service_uri", "postgres://u:pw1@h/d", "postgres://u:[redacted:password]@h/d"},
		{"dsn", "postgres://u:pw1@h/d", "postgres://u:[redacted:password]@h/d"},
		{"dsn", "host=h password=pw1", "[redacted:secret]"},
		{"password", "must be at least 8 characters", "must be at least 8 characters"},
		{"password", "<redacted>", "<redacted>"},
		{"password", "[redacted:password]", "[redacted:password]"},
		{"password", "", ""},
		{"message", "token " + avns, "token [redacted:password]"},
		{"request_id", "abc", "abc"},
		{"tokens", "123", "123"},
	} {
		got, changed := r.Value(test.key, test.value)
		if got != test.want || changed != (got != test.value) {
			t.Errorf("Value(%q, %q) = %q, %t, want %q", test.key, test.value, got, changed, test.want)
		}
	}
}

func TestSecretKey(t *testing.T) {
	for _, key := range []string{"password", "PGPASSWORD", "dbPassword", "db_pass", "client_secret", "secretKey", "X-Api-Key", "apikey", "access_token",
		"Authorization", "proxy-authorization", "cookie", "Set-Cookie", "aws_secret_access_key", "private.key", "session", "sessionId", "credentials", "password_hash", "dsn"} {
		if !SecretKey(key) {
			t.Errorf("%q holds no secret", key)
		}
	}
	for _, key := range []string{"", "key", "tokens", "token_type", "public_key", "primary_key", "secret_name", "user", "username", "author", "oauth", "bypass",
		"session_duration", "keyboard", "message", "id", "request_id", "x-request-id", "idempotency_key", "message_id"} {
		if SecretKey(key) {
			t.Errorf("%q holds a secret", key)
		}
	}
}

func TestPseudonyms(t *testing.T) {
	form := regexp.MustCompile(`^tok-[0-9a-f]{6}$`)
	public, own := New(nil), New([]byte("own"))
	a, b := public.Pseudonym("tok", "a"), own.Pseudonym("tok", "a")
	if !form.MatchString(a) || a == b || a != New(nil).Pseudonym("tok", "a") || a == public.Pseudonym("tok", "b") {
		t.Errorf("got %s and %s", a, b)
	}
	got, _ := own.Text("mail from jane@example.com, user=jane7, password=x1")
	want := "mail from " + own.Pseudonym("email", "jane@example.com") + ", user=" + own.Pseudonym("user", "jane7") + ", password=[redacted:password]"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if again, changed := own.Text(got); changed {
		t.Errorf("%q became %q", got, again)
	}
}

// TestLinear feeds the scan what makes it look far again and again.
func TestLinear(t *testing.T) {
	r := New(nil)
	for _, unit := range hostile {
		text := strings.Repeat(unit, 128<<10/len(unit))
		r.Text(text)
		r.replace(text)
	}
}

// hostile are texts that, repeated, begin a secret everywhere and end none.
var hostile = []string{
	"a", "a-", "a.b-", "eyJ", "eyJ-", "eyJaaaaaaaaaaaaaaaaaaaa.", "sk-", "sk-a", "ghp_", "a@", "@", "://", "a://a:", "a://a:a", "%3A%2F%2F",
	"password=\"", "password=***", "password=\"must be ", "password:", "\\\"", "'", "a='", "Bearer ", "Bearer a", "Basic YWFh", "aivenv1 ", "AVNS_",
	"-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "4111 ", "4111111111111112 ", "1234-", "[redacted:", "token:[", "token:[\"a\",", "user:", "cookie: a", "A+",
	"auth: x ", "authorization: x y", "\\\\\\\\\"", "password\\\\\\\\\\\\\\\"", " key:", "%22token%22%3A%22", "dsn=://", "<token>",
}

func FuzzText(f *testing.F) {
	for _, texts := range [][]string{nearMisses, hostile, {"password=", "Bearer ", "://u:"}} {
		if len(texts) == 0 {
			f.Fatal("no seeds")
		}
		for _, text := range texts {
			f.Add(text, text)
		}
	}
	for _, s := range shaped {
		f.Add(s, s)
	}
	for key, s := range named {
		f.Add(key+"=", s)
	}
	canaries := []string{avns, jwtSample, "ghp_" + random[:36], "AKIA" + "QX7RZ2LXVB9TK4WM", pemSample}
	f.Fuzz(func(t *testing.T, before, after string) {
		checkText(t, before+after)
		for _, canary := range canaries {
			// A canary is seen where a word begins, so give it a border.
			text := before + " " + canary + " " + after
			if got := checkText(t, text); leaks(canary, got) && !leaks(canary, before+after) {
				t.Errorf("%q\nbecame %q", text, got)
			}
		}
		text := before + `,"password":"` + random[:24] + `",` + after
		if got := checkText(t, text); strings.Contains(got, random[:24]) && !strings.Contains(before+after, random[:24]) {
			t.Errorf("%q\nbecame %q", text, got)
		}
	})
}

const clean = `{"time":"2026-01-02T03:04:05.678Z","level":"error","msg":"Service 'pg-main' in project 'demo-42' does not exist","status":404,"path":"/v1/project/demo-42/service/pg-main","request_id":"550e8400-e29b-41d4-a716-446655440000"}`

func TestNoAllocation(t *testing.T) {
	r := New(nil)
	if n := testing.AllocsPerRun(100, func() { r.Text(clean); r.Value("message", clean) }); n > 0 {
		t.Errorf("%v allocations for a text without secrets", n)
	}
}

func BenchmarkClean(b *testing.B) {
	r := New(nil)
	text := "Service 'pg-main' in project 'demo-42' does not exist; the plan 'business-8' of cloud 'google-europe-west1' allows 12 connections, see https://api.example.com/docs for the limits that apply to you"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.Text(text)
	}
}

func BenchmarkFalseAlarm(b *testing.B) {
	r := New(nil)
	text := "Service 'pg-main' in project 'demo-42' does not exist; the token 'business-8' of cloud 'google-europe-west1' allows 12 connections, see https://api.example.com/docs for the limits that apply to you"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Text(text)
	}
}

func BenchmarkSecret(b *testing.B) {
	r := New(nil)
	text := "request failed: Authorization: Bearer " + random[:40] + " for jane@example.com"
	for b.Loop() {
		r.Text(text)
	}
}

// BenchmarkHostile takes the worst of 16 KiB.
func BenchmarkHostile(b *testing.B) {
	r := New(nil)
	for _, unit := range hostile {
		text := strings.Repeat(unit, 16<<10/len(unit))
		b.Run(fmt.Sprintf("%.20q", unit), func(b *testing.B) {
			for b.Loop() {
				r.replace(text)
			}
		})
	}
}

package deliver

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

const (
	title = "analyzer: 7 API errors"
	text  = "7 API errors\n1. Give `sync` a new token."
)

// redirected sends every request to a server of the test, and remembers where it
// was meant to go.
type redirected struct {
	to     string
	url    string
	body   string
	header http.Header
}

func (r *redirected) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.url, r.body, r.header = req.URL.String(), string(body), req.Header
	inner := req.Clone(req.Context())
	inner.URL.Scheme, inner.URL.Host = "http", r.to
	inner.Body = io.NopCloser(strings.NewReader(r.body))
	return new(http.Transport).RoundTrip(inner)
}

// serve starts a server and a Sender all of whose requests come to it.
func serve(t *testing.T, handler http.HandlerFunc) (*Sender, *redirected) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	keepTransport(t)
	r := &redirected{to: server.Listener.Addr().String()}
	return NewSender(r), r
}

func parse(t *testing.T, address string) *Target {
	t.Helper()
	target, err := Parse(address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return target
}

// addresses are of the form that each service hands out. What is secret in them
// holds s3cr3t or S3CR3T.
var addresses = map[string]string{
	"slack":      "https://hooks.slack.com/services/T0S3CR3T0/B0S3CR3T0/abcdefghijs3cr3tklmnopqr",
	"discord":    "https://discord.com/api/webhooks/4715550000000/abc-s3cr3t_def",
	"teams":      "https://default1234.5a.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123s3cr3t/triggers/manual/paths/invoke?api-version=1&sig=Abc-s3cr3t_Def&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0",
	"mattermost": "mattermost://chat.example.com/abcs3cr3tdef",
	"generic":    "https://hooks.example.com/in/s3cr3t?token=also-s3cr3t",
}

func TestSend(t *testing.T) {
	for service, want := range map[string]struct{ url, body string }{
		"slack": {
			addresses["slack"],
			`{"text":"analyzer: 7 API errors","attachments":[{"text":"7 API errors"},{"text":"1. Give ` + "`sync`" + ` a new token."}]}`,
		},
		"discord": {
			addresses["discord"],
			`{"embeds":[{"title":"analyzer: 7 API errors","description":"7 API errors\n1. Give ` + "`sync`" + ` a new token.","color":5298687}]}`,
		},
		"teams": {
			addresses["teams"],
			`{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","body":[` +
				`{"type":"TextBlock","text":"analyzer: 7 API errors","weight":"bolder","wrap":true},` +
				`{"type":"RichTextBlock","spacing":"none","inlines":[{"type":"TextRun","text":"7 API errors"}]},` +
				`{"type":"RichTextBlock","spacing":"none","inlines":[{"type":"TextRun","text":"1. Give ` + "`sync`" + ` a new token."}]}]}}]}`,
		},
		"mattermost": {
			"https://chat.example.com/hooks/abcs3cr3tdef",
			`{"text":"7 API errors\n1. Give ` + "`sync`" + ` a new token."}`,
		},
		"generic": {
			addresses["generic"],
			`{"message":"7 API errors\n1. Give ` + "`sync`" + ` a new token.","title":"analyzer: 7 API errors"}`,
		},
	} {
		sender, seen := serve(t, func(w http.ResponseWriter, _ *http.Request) {})
		if err := sender.Send(t.Context(), parse(t, addresses[service]), title, text); err != nil {
			t.Errorf("%s: %v", service, err)
		}
		if seen.url != want.url || seen.body != want.body {
			t.Errorf("%s: posted\n%s to %s, want\n%s to %s", service, seen.body, seen.url, want.body, want.url)
		}
		if got := seen.header.Get("Content-Type"); got != "application/json" {
			t.Errorf("%s: content type %s, want JSON", service, got)
		}
	}
}

// A message that was not taken is an error, which says why and holds nothing of
// the address; whatever the service makes of the answer.
func TestSendFails(t *testing.T) {
	for want, handler := range map[string]http.HandlerFunc{
		"answered 404 Not Found": http.NotFound,
		"answered 403 Forbidden": func(w http.ResponseWriter, r *http.Request) { http.Error(w, r.URL.String(), http.StatusForbidden) },
		"redirected, which is not followed": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		},
		"EOF": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		for service, address := range addresses {
			requests := atomic.Int32{}
			sender, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				handler(w, r)
			})
			if service == "discord" && want == "EOF" {
				continue // is tried again, with waits
			}
			err := sender.Send(t.Context(), parse(t, address), title, text)
			if err == nil || err.Error() != "send to "+service+": "+want {
				t.Errorf("%s: error %v, want %s", service, err, want)
			}
			if n := requests.Load(); n != 1 {
				t.Errorf("%s, %s: %d requests, want 1", service, want, n)
			}
		}
	}
}

func TestSendEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	sender, _ := serve(t, func(http.ResponseWriter, *http.Request) {
		cancel()
		<-release
	})
	t.Cleanup(func() { close(release) })
	err := sender.Send(ctx, parse(t, addresses["generic"]), title, text)
	if err == nil || err.Error() != "send to generic: no answer in time" {
		t.Errorf("error %v", err)
	}
}

// Of an endless answer, no more is read than a service needs.
func TestSendReadsLittle(t *testing.T) {
	sender, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			w.Write(make([]byte, 4096))
		}
	})
	if err := sender.Send(t.Context(), parse(t, addresses["generic"]), title, text); err != nil {
		t.Error(err)
	}
}

func TestSendWithoutServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	keepTransport(t)
	for _, address := range []string{
		"generic+http://" + listener.Addr().String() + "/s3cr3t",
		"smtp://user:s3cr3t@" + listener.Addr().String() + "/?from=a@s3cr3t.example&to=b@s3cr3t.example",
	} {
		err := NewSender(new(http.Transport)).Send(t.Context(), parse(t, address), title, text)
		if err == nil || !strings.HasSuffix(err.Error(), "connection refused") || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("error %v", err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for address, want := range map[string]string{
		"":                                        "not a URL",
		"hooks.example.com/s3cr3t":                "not a URL",
		"https://%zz.example/s3cr3t":              "not a URL",
		"http://hooks.example.com/s3cr3t":         "want https://",
		"carrier-pigeon://s3cr3t@host":            "carrier-pigeon:// is no known service; want https:// or one of discord, generic, mattermost, slack, smtp, teams",
		"slack://s3cr3t@channel":                  "not an address that slack takes; want https://hooks.slack.com/services/",
		"https://hooks.slack.com/services/S3CR3T": "not an address that slack takes",
		"https://discord.com/api/webhooks/s3cr3t": "not an address that discord takes",
		"smtp://user:s3cr3t@host":                 "not an address that smtp takes; want smtp://USER:PASSWORD@HOST:587/",
		"discord://":                              "not a URL",
		"slack+https://x/":                        "not an address that slack takes",
	} {
		_, err := Parse(address)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(strings.ToLower(err.Error()), "s3cr3t") {
			t.Errorf("%s: error %v, want %q and no secret", address, err, want)
		}
	}
}

// An empty line is no run of text, which Teams would refuse, but room.
func TestCardRoom(t *testing.T) {
	got := card("a", "b\n\nc")
	want := `{"type":"RichTextBlock","spacing":"none","inlines":[{"type":"TextRun","text":"b"}]},{"type":"RichTextBlock","spacing":"large","inlines":[{"type":"TextRun","text":"c"}]}]`
	if !strings.Contains(got, want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
}

// Whatever an error of the library quotes, the address is struck out of it.
func TestConceal(t *testing.T) {
	for service, address := range addresses {
		u, _ := url.Parse(address)
		target := parse(t, address)
		for _, text := range []string{address, `Post "` + address + `": EOF`, url.QueryEscape(address), u.RequestURI(), u.User.String()} {
			if shown := target.conceal(text); strings.Contains(strings.ToLower(shown), "s3cr3t") {
				t.Errorf("%s: %s", service, shown)
			}
		}
		if target.String() != service {
			t.Errorf("%s prints as %s", service, target)
		}
	}
}

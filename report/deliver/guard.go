package deliver

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
)

// guard is the transport of all HTTP requests: it follows no redirects, reads no
// more of an answer than a service needs, and remembers what failed.
type guard struct {
	through http.RoundTripper

	mu     sync.Mutex
	failed error
}

func (g *guard) reset() { g.remember(nil) }

func (g *guard) remember(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.failed = err
}

// failure returns what the last request failed with, nil if it was answered well.
func (g *guard) failure() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.failed
}

// longestAnswer bounds what is read of an answer.
const longestAnswer = 64 << 10

// RoundTrip sends one request.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	answer, err := g.through.RoundTrip(req)
	if err != nil {
		err = cause(err)
		g.remember(err)
		return nil, err
	}
	if answer.StatusCode/100 == 3 {
		answer.Body.Close()
		g.remember(errRedirect)
		return nil, errRedirect
	}
	g.remember(refusal(answer))
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, longestAnswer), answer.Body}
	return answer, nil
}

var errRedirect = errors.New("redirected, which is not followed")

func refusal(answer *http.Response) error {
	if answer.StatusCode/100 == 2 {
		return nil
	}
	return fmt.Errorf("answered %d %s", answer.StatusCode, http.StatusText(answer.StatusCode))
}

// cause returns what made a request fail, without the address that it was for.
func cause(err error) error {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &dns):
		return errors.New("no such host")
	case errors.As(err, &op):
		return op.Err
	}
	return err
}

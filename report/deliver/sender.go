package deliver

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// Sender sends messages, one after another.
type Sender struct{ guard *guard }

// NewSender returns a Sender whose HTTP requests go through transport. There can
// be one Sender in a program: it takes the place of http.DefaultTransport, since
// services bring clients of their own.
func NewSender(transport http.RoundTripper) *Sender {
	g := &guard{through: transport}
	http.DefaultTransport = g
	return &Sender{g}
}

// Send sends a message to t. It returns when the message was taken, or with an
// error that holds nothing of t's address: when it was not, or when ctx ended.
func (s *Sender) Send(ctx context.Context, t *Target, title, text string) error {
	s.guard.reset()
	if own, ok := t.service.(interface{ GetHTTPClient() *http.Client }); ok {
		own.GetHTTPClient().Transport = s.guard
	}
	if t.body != nil {
		text = t.body(title, text)
	}
	sent := make(chan error, 1)
	go func() { sent <- t.service.Send(text, &types.Params{types.TitleKey: title}) }()
	select {
	case err := <-sent:
		// What was seen on the wire is the truth: some services take an
		// answer of any kind for a success.
		if seen := s.guard.failure(); seen != nil {
			return fmt.Errorf("send to %s: %w", t, seen)
		}
		if err != nil {
			return fmt.Errorf("send to %s: %s", t, t.conceal(err.Error()))
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("send to %s: no answer in time", t)
	}
}

// conceal returns text in one line, with the parts of the address struck out.
func (t *Target) conceal(text string) string {
	text = strings.ReplaceAll(text, "\n", "; ")
	for _, secret := range t.secrets {
		text = strings.ReplaceAll(text, secret, "…")
	}
	return text
}

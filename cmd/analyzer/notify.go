package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"analyzer/report"
	"analyzer/report/deliver"
	"analyzer/report/render"
)

// notifyFlags say who is told of errors.
type notifyFlags struct {
	Notify []string `sep:"none" placeholder:"URL" help:"If there are errors, send the first three things to do: to a webhook of Slack, Teams, Discord, Mattermost or your own (posted JSON: title and message), or by mail (smtp://USER:PASSWORD@HOST:587/?from=…&to=…). @FILE reads URLs from a file, a line each, so that their secrets stand in no list of processes. Repeatable." group:"Output"`
}

// targets reads the addresses.
func (f *notifyFlags) targets() ([]*deliver.Target, error) {
	var targets []*deliver.Target
	for _, flag := range f.Notify {
		addresses, err := readAddresses(flag)
		if err != nil {
			return nil, err
		}
		for _, address := range addresses {
			t, err := deliver.Parse(address)
			if err != nil {
				return nil, fmt.Errorf("--notify: %w", err)
			}
			targets = append(targets, t)
		}
	}
	return targets, nil
}

// readAddresses returns those that a flag stands for. In a file, empty lines and
// those that begin with # are none.
func readAddresses(flag string) (addresses []string, err error) {
	path, ok := strings.CutPrefix(flag, "@")
	if !ok {
		return []string{flag}, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--notify: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			addresses = append(addresses, line)
		}
	}
	if addresses == nil {
		return nil, fmt.Errorf("--notify @%s: holds no URL", path)
	}
	return addresses, nil
}

// markups are those of the services that read text as more than text.
var markups = map[string]render.Markup{
	"slack":      render.Mrkdwn,
	"discord":    render.MarkedDown,
	"mattermost": render.MarkedDown,
}

// notifyTimeout bounds the sending of one message.
const notifyTimeout = 10 * time.Second

// notify tells each target of r, and says which could not be told.
func (w world) notify(ctx context.Context, targets []*deliver.Target, r *report.Report) int {
	if len(targets) == 0 {
		return exitOK
	}
	code := exitOK
	sender := deliver.NewSender(http.DefaultTransport)
	for _, t := range targets {
		if err := send(ctx, sender, t, r); err != nil {
			w.errorf("%s", err)
			code = exitDelivery
		}
	}
	return code
}

func send(ctx context.Context, sender *deliver.Sender, t *deliver.Target, r *report.Report) error {
	ctx, cancel := context.WithTimeout(ctx, notifyTimeout)
	defer cancel()
	title, text := render.Message(r, markups[t.Service])
	return sender.Send(ctx, t, title, text)
}

package deliver

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/discord"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/mattermost"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/slack"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/email/smtp"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/specialized/generic"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// Target is where messages go. It prints as its service, without its address.
type Target struct {
	Service string // slack, discord, mattermost, teams, smtp or generic

	service types.Service
	body    func(title, text string) string // what is posted, if not the text alone
	secrets []string                        // parts of the address, which must not be shown
}

// String returns what may be shown of t.
func (t *Target) String() string { return t.Service }

// services are those that are known, and how their addresses are written.
var services = map[string]struct {
	new  func() types.Service
	form string
}{
	"discord":    {func() types.Service { return new(discord.Service) }, "https://discord.com/api/webhooks/ID/TOKEN"},
	"generic":    {func() types.Service { return new(generic.Service) }, "https://HOST/PATH"},
	"mattermost": {func() types.Service { return new(mattermost.Service) }, "mattermost://HOST/TOKEN"},
	"slack":      {func() types.Service { return new(slack.Service) }, "https://hooks.slack.com/services/T.../B.../..."},
	"smtp":       {func() types.Service { return new(smtp.Service) }, "smtp://USER:PASSWORD@HOST:587/?from=ADDRESS&to=ADDRESS"},
	"teams":      {func() types.Service { return new(generic.Service) }, "https://NAME.api.powerplatform.com/..., of a workflow"},
}

// Parse reads an address: the URL of a webhook, as Slack, Discord and Teams'
// workflows hand it out, or that of a service in shoutrrr's form. Any other
// webhook is posted JSON, {"title": ..., "message": ...}. No error holds any of
// the address but the scheme.
func Parse(address string) (*Target, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme == "" || u.Host == "" {
		return nil, errors.New("not a URL")
	}
	if u.Scheme == "http" {
		return nil, errors.New("http:// would show the address and the message to the network; want https://, or generic+http:// if nobody listens")
	}
	own := serviceURL(u)
	name, _, _ := strings.Cut(own.Scheme, "+")
	known, ok := services[name]
	if !ok {
		return nil, fmt.Errorf("%s:// is no known service; want https:// or one of %s", u.Scheme, strings.Join(slices.Sorted(maps.Keys(services)), ", "))
	}
	t := &Target{Service: name, service: known.new(), secrets: parts(u)}
	if err := t.initialize(own); err != nil {
		return nil, fmt.Errorf("not an address that %s takes; want %s", name, known.form)
	}
	return t, nil
}

// initialize tells the service its address; one whose scheme has a plus holds
// that of a webhook. Mail that is asked for in HTML gets the text as text.
func (t *Target) initialize(u *url.URL) (err error) {
	if t.Service == "teams" {
		u = workflow(u)
		t.body = card
	}
	if u.Scheme != t.service.GetID() {
		custom, ok := t.service.(types.CustomURLService)
		if !ok {
			return errors.New("takes no webhook")
		}
		if u, err = custom.GetConfigURLFromCustom(u); err != nil {
			return err
		}
	}
	if err := t.service.Initialize(u, nil); err != nil {
		return err
	}
	if mail, ok := t.service.(*smtp.Service); ok {
		return mail.SetTemplateString("HTML", "<pre>{{html .message}}</pre>")
	}
	return nil
}

// serviceURL turns the URL of a webhook into that of a service.
func serviceURL(webhook *url.URL) *url.URL {
	u := *webhook
	switch {
	case u.Scheme != "https":
	case u.Host == "hooks.slack.com":
		token := strings.TrimPrefix(u.Path, "/services/")
		return &url.URL{Scheme: "slack", User: url.UserPassword("hook", strings.ReplaceAll(token, "/", "-")), Host: "webhook"}
	case u.Host == "discord.com":
		id, token, _ := strings.Cut(strings.TrimPrefix(u.Path, "/api/webhooks/"), "/")
		return &url.URL{Scheme: "discord", User: url.User(token), Host: id, RawQuery: "splitlines=no"}
	case strings.HasSuffix(u.Hostname(), ".logic.azure.com"), strings.HasSuffix(u.Hostname(), ".powerplatform.com"):
		u.Scheme = "teams+https"
	default:
		u.Scheme, u.RawQuery = "generic+https", addQuery(&u, "template=json")
	}
	return &u
}

func addQuery(u *url.URL, more string) string {
	return strings.TrimPrefix(u.RawQuery+"&"+more, "&")
}

// shortSecret is the length below which a part of a path is no secret.
const shortSecret = 4

// parts lists what of an address may be secret, the longest first: the user, the
// password, and what path and query hold.
func parts(u *url.URL) []string {
	password, _ := u.User.Password()
	list := append(strings.FieldsFunc(u.Path, separates), u.Path, u.RawQuery, u.User.String())
	for _, values := range u.Query() {
		list = append(list, values...)
	}
	list = slices.DeleteFunc(list, func(s string) bool { return len(s) < shortSecret })
	for _, s := range append(strings.FieldsFunc(password, separates), password, u.User.Username()) {
		if s != "" {
			list = append(list, s)
		}
	}
	for _, s := range slices.Clone(list) {
		list = append(list, url.QueryEscape(s), url.PathEscape(s))
	}
	slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

func separates(r rune) bool { return strings.ContainsRune("/-:", r) }

package deliver

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Teams takes messages from a workflow ("post to a channel when a webhook request
// is received"), which takes Adaptive Cards and nothing else. The library knows
// only the connectors that came before and are gone, so the card is made here and
// posted as it is.

// workflow turns teams+https://... into the address of a service that posts a
// text as JSON.
func workflow(u *url.URL) *url.URL {
	webhook := *u
	webhook.Scheme = strings.Replace(u.Scheme, "teams", "generic", 1)
	webhook.RawQuery = addQuery(u, "@Content-Type=application/json")
	return &webhook
}

// card returns a message with an Adaptive Card: the title, and each line of the
// text as a run of text, in which, unlike in a TextBlock, nothing is Markdown.
func card(title, text string) string {
	body := []element{{Type: "TextBlock", Text: title, Weight: "bolder", Wrap: true}}
	spacing := "none"
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			spacing = "large"
			continue
		}
		body = append(body, element{Type: "RichTextBlock", Spacing: spacing, Inlines: []element{{Type: "TextRun", Text: line}}})
		spacing = "none"
	}
	message, err := json.Marshal(cardMessage{"message", []attachment{{
		ContentType: "application/vnd.microsoft.card.adaptive",
		Content:     adaptiveCard{"http://adaptivecards.io/schemas/adaptive-card.json", "AdaptiveCard", "1.4", body},
	}}})
	if err != nil {
		panic("BUG: a card does not marshal: " + err.Error())
	}
	return string(message)
}

type cardMessage struct {
	Type        string       `json:"type"`
	Attachments []attachment `json:"attachments"`
}

type attachment struct {
	ContentType string       `json:"contentType"`
	Content     adaptiveCard `json:"content"`
}

type adaptiveCard struct {
	Schema  string    `json:"$schema"`
	Type    string    `json:"type"`
	Version string    `json:"version"`
	Body    []element `json:"body"`
}

type element struct {
	Type    string    `json:"type"`
	Text    string    `json:"text,omitempty"`
	Spacing string    `json:"spacing,omitempty"`
	Weight  string    `json:"weight,omitempty"`
	Wrap    bool      `json:"wrap,omitempty"`
	Inlines []element `json:"inlines,omitempty"`
}

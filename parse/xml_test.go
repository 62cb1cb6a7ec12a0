package parse

import (
	"strings"
	"testing"
)

func TestEmbeddedXML(t *testing.T) {
	for _, c := range []struct{ text, json, body string }{
		{`<Error><Code>NoSuchKey</Code><Key>a&amp;b</Key></Error>`, `{"Error":{"Code":"NoSuchKey","Key":"a\u0026b"}}`, ""},
		{`404: <?xml version="1.0"?>` + "\n<a:e xmlns:a=\"urn:x\"><a:m> no </a:m></a:e> after", `{"e":{"m":"no"}}`, "404:  after"},
		{`<errors><error field="a.b">is required</error><error field="c">is late</error></errors>`, `{"errors":{"error":[{"field":"a.b","text":"is required"},{"field":"c","text":"is late"}]}}`, ""},
		{`<e><m><![CDATA[a < b]]></m><n/></e>`, `{"e":{"m":"a \u003c b","n":""}}`, ""},
		{`<e code="404"/>`, `{"e":{"code":"404"}}`, ""},
		{`<html><body><h1>503</h1></body></html>`, "", ""},
		{`<e><m>cut`, "", ""},
		{`expected <nil>, got </e>`, "", ""},
		{`<e>only text</e>`, "", ""},
		{`a < b and c </ d`, "", ""},
		{strings.Repeat("<a>", maxXMLLevels+1) + strings.Repeat("</a>", maxXMLLevels+1), "", ""},
		{"<r>" + strings.Repeat("<a/>", maxXMLElements) + "</r>", "", ""},
	} {
		json, start, end := embeddedXML(c.text)
		if json != c.json {
			t.Errorf("%.80s\n\tgives %s\n\t want %s", c.text, json, c.json)
		}
		if end > 0 && c.text[:start]+c.text[end:] != c.body {
			t.Errorf("%.80s\n\tleaves %q, want %q", c.text, c.text[:start]+c.text[end:], c.body)
		}
	}
}

// FuzzXML: whatever the bytes, what comes out is JSON that the gate lets through.
func FuzzXML(f *testing.F) {
	f.Add(`<Error a="1"><Code>NoSuchKey</Code><Code/>text</Error>`)
	f.Add("<?xml version='1.0' encoding='x'?><a:b xmlns:a='u'><![CDATA[<]]>&amp;&bad;</a:b>")
	f.Add("<a>\xff\"\\</a>")
	f.Fuzz(func(t *testing.T, text string) {
		json, start, end := embeddedXML(text)
		if end == 0 {
			return
		}
		if start >= end || end > len(text) {
			t.Errorf("from %d to %d of %d bytes", start, end, len(text))
		}
		if validEnd(json) != len(json) {
			t.Errorf("%q gives %q", text, json)
		}
	})
}

package render

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// Controls have names, headings come in order, and text can be read on its
// ground, in both colour schemes.
func browserAccessibility(t *testing.T, shared context.Context) {
	for _, scheme := range []string{"light", "dark"} {
		b := open(t, shared, "incident", "", media("", scheme))
		checkNames(b)
		b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(e => { e.open = true })`))
		checkNames(b)
		want(b, lowContrast, "")
		want(b, `[...document.querySelectorAll("th:not([scope])")].length`, 0)
		want(b, `["header", "main", "footer", "[role=search]"].filter(s => document.querySelectorAll(s).length !== 1).join(" ")`, "")
		b.click("#theme")
		want(b, lowContrast, "")
	}
}

// checkNames reads the tree that is read aloud.
func checkNames(b tab) {
	b.Helper()
	tree, err := chromedp.Run(b.ctx, func(ctx context.Context, _ *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
		return chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	})
	if err != nil {
		b.Fatal(err)
	}
	controls, headings, level := 0, 0, 0
	for _, n := range tree.Nodes {
		role := spoken(n.Role)
		switch role {
		case "button", "link", "checkbox", "searchbox", "slider", "table", "region", "image", "heading", "DisclosureTriangle":
			controls++
			if spoken(n.Name) == "" {
				b.Errorf("a %s has no name", role)
			}
		}
		if role != "heading" {
			continue
		}
		headings++
		for _, p := range n.Properties {
			if p.Name != "level" {
				continue
			}
			next := int(spoken(p.Value)[0] - '0')
			if next > level+1 {
				b.Errorf("heading %q of level %d follows one of %d", spoken(n.Name), next, level)
			}
			level = next
		}
	}
	if controls < 20 || headings < 6 {
		b.Errorf("%d controls and %d headings in the tree", controls, headings)
	}
}

// spoken returns a value of the tree without its quotes.
func spoken(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	return strings.Trim(string(v.Value), `"`)
}

// lowContrast lists texts whose colour is too near to that of their ground.
const lowContrast = `(() => {
	const channels = color => color.match(/[\d.]+/g).map(Number);
	const light = color => channels(color).slice(0, 3).map(c => c / 255)
		.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = e => {
		for (; e; e = e.parentElement) {
			const color = getComputedStyle(e).backgroundColor;
			if (channels(color)[3] !== 0) return color;
		}
		return "rgb(255, 255, 255)";
	};
	const bad = [];
	for (const e of document.body.querySelectorAll("*:not(script, svg, svg *)")) {
		if (!e.offsetHeight || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
		const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
		if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(e.tagName + "." + e.className + ": " + e.textContent.slice(0, 30));
	}
	return bad.slice(0, 5).join("; ");
})()`

// TestAccessibilityChecker asks axe-core, which must find nothing.
func TestAccessibilityChecker(t *testing.T) {
	axe, shared := checker(t), browser(t)
	for _, name := range []string{"incident", "troubled", "hostile", "many", "empty"} {
		for _, v := range views {
			t.Run(name+"/"+v.name, func(t *testing.T) {
				b := open(t, shared, name, "", media(v.media, v.scheme), chromedp.EmulateViewport(v.width, 844))
				b.take(chromedp.Evaluate[chromedp.Void](axe))
				for _, s := range states {
					b.do(chromedp.Evaluate[chromedp.Void](s.script))
					b.complain(s.name)
				}
			})
		}
	}
}

// checker reads axe-core, or skips the test where there is none.
func checker(t *testing.T) string {
	t.Helper()
	path := os.Getenv("ANALYZER_AXE")
	if path == "" {
		t.Skip("no accessibility checker: ANALYZER_AXE does not name the axe.min.js of axe-core")
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// views are the ways in which a page is looked at.
var views = []struct {
	name, media, scheme string
	width               int64
}{
	{"light", "screen", "light", 1280},
	{"dark", "screen", "dark", 1280},
	{"phone", "screen", "light", 390},
	{"paper", "print", "light", 800},
}

// states are what people make of a page, one after the other.
var states = []struct{ name, script string }{
	{"unfolded", `document.querySelectorAll("details").forEach(e => { e.open = true })`},
	{"filtered", `document.querySelectorAll("[name=category]").forEach(e => e.click())`},
	{"with help", `document.querySelector("#help").showModal()`},
}

// finding is what axe-core has against an element.
type finding struct{ Rule, Impact, Element, Why string }

// findings asks for all of them, whatever their impact.
const findings = `axe.run({resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then(result => result.violations.flatMap(v => v.nodes.map(n =>
		({Rule: v.id, Impact: v.impact, Element: n.html.slice(0, 200), Why: n.failureSummary}))))`

// complain makes errors of what the checker finds.
func (b tab) complain(state string) {
	b.Helper()
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]finding](findings, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range found {
		b.Errorf("%s: %s (%s): %s\n%s", state, f.Rule, f.Impact, f.Element, f.Why)
	}
}

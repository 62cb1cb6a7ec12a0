package render

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analyzer/report"
)

// patience is how long a browser that hangs may take.
const patience = 3 * time.Minute

// browser starts a browser, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no browser: chromium, chromium-browser and google-chrome are not in PATH")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.NoSandbox, chromedp.ExecPath(path))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// tab is a page in a browser.
type tab struct {
	*testing.T
	ctx context.Context
}

type step = chromedp.Action[chromedp.Void]

// open opens the report of a case.
func open(t *testing.T, browser context.Context, name, fragment string, before ...step) tab {
	t.Helper()
	return openReport(t, browser, load(t, name), fragment, before...)
}

// openReport opens a report in a tab of its own. Whatever the page loads, breaks or
// prints on the console is an error.
func openReport(t *testing.T, browser context.Context, r *report.Report, fragment string, before ...step) tab {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(drawn(t, HTML, r, Options{})), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	b := tab{t, ctx}
	b.take()
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("exception: %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			t.Errorf("the page writes on the console: %s", e.Type)
		case *log.EventEntryAdded:
			t.Errorf("the browser complains: %s", e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if url, _, _ := strings.Cut(e.Request.URL, "#"); url != "file://"+path {
				t.Errorf("request for %s", e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.take(command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}))
	b.take(before...)
	b.take(chromedp.Navigate("file://" + path + fragment))
	return b
}

// command is a step that a protocol command makes.
func command[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, c, params)
		return err
	})
}

// media is a step that sets what style sheets ask for.
func media(kind, scheme string) step {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: kind, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// do takes steps, and waits until the page has drawn what they changed.
func (b tab) do(steps ...step) {
	b.Helper()
	b.take(steps...)
	b.take(chromedp.Evaluate[chromedp.Void](`new Promise(done => requestAnimationFrame(() => setTimeout(done)))`, chromedp.EvalAwaitPromise))
}

// take takes steps.
func (b tab) take(steps ...step) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b tab) click(selectors ...string) {
	b.Helper()
	for _, s := range selectors {
		b.do(chromedp.Click(chromedp.CSS(s)))
	}
}

func (b tab) press(keys ...string) {
	b.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(key))
	}
}

// value evaluates an expression in the page.
func value[T any](b tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatal(err)
	}
	return v
}

func want[T comparable](b tab, expression string, want T) {
	b.Helper()
	if got := value[T](b, expression); got != want {
		b.Errorf("%s is %v, want %v", expression, got, want)
	}
}

// TestBrowser looks at pages as people do.
func TestBrowser(t *testing.T) {
	shared := browser(t)
	for name, test := range map[string]func(*testing.T, context.Context){
		"DeepLink":      browserDeepLink,
		"Filters":       browserFilters,
		"Brush":         browserBrush,
		"Sort":          browserSort,
		"ManyProblems":  browserManyProblems,
		"Keys":          browserKeys,
		"WithoutScript": browserWithoutScript,
		"Widths":        browserWidths,
		"Accessibility": browserAccessibility,
		"Print":         browserPrint,
		"HostileLog":    browserHostileLog,
	} {
		t.Run(name, func(t *testing.T) { test(t, shared) })
	}
}

// Expressions on what is to be seen.
const (
	rowsShown     = `[...document.querySelectorAll("tr[data-problem]")].filter(row => row.offsetHeight > 0).map(row => row.dataset.problem).join(" ")`
	sectionsShown = `[...document.querySelectorAll("details.problem")].filter(e => e.offsetHeight > 0).map(e => e.querySelector(".id").textContent).join(" ")`
	sectionsOpen  = `[...document.querySelectorAll("details.problem[open]")].map(e => e.querySelector(".id").textContent).join(" ")`
	errorsShown   = `[...document.querySelectorAll("tr[data-problem] td.number:nth-child(2)")].map(cell => cell.textContent).join(" ")`
	controlsShown = `[...document.querySelectorAll("input, button:not(th button)")].filter(e => e.offsetHeight > 0).length`
	everyProblem  = "P-4c1e02 P-e07b9a P-91d0c7 P-c3f811 P-2a5540"
)

func browserDeepLink(t *testing.T, shared context.Context) {
	b := open(t, shared, "incident", "#P-91d0c7")
	want(b, sectionsOpen, "P-91d0c7")
	b.do()
	want(b, `document.activeElement.tagName`, "SUMMARY")
	b.click(`.evidence a[href="#P-4c1e02"]`)
	want(b, sectionsOpen, "P-4c1e02 P-91d0c7")
}

func browserFilters(t *testing.T, shared context.Context) {
	b := open(t, shared, "incident", "")
	want(b, rowsShown, everyProblem)

	b.do(chromedp.SendKeys(chromedp.CSS("#search"), "EXPIRED token"))
	want(b, rowsShown, "P-4c1e02")
	want(b, sectionsShown, "P-4c1e02")
	want(b, `document.querySelector("#found").textContent.startsWith("1 of 5 problems, 412 errors")`, true)
	b.press(kb.Escape)
	want(b, rowsShown, everyProblem)

	b.click(`input[value="rate-limit"]`, `input[value="server"]`)
	want(b, rowsShown, "P-4c1e02 P-e07b9a P-c3f811")
	want(b, sectionsShown, "P-4c1e02 P-e07b9a P-c3f811")
	b.click("#clear")
	want(b, rowsShown, everyProblem)
	want(b, `document.querySelector("#found").textContent`, "")
}

// What is brushed is counted, and the same can be said without a mouse.
func browserBrush(t *testing.T, shared context.Context) {
	b := open(t, shared, "incident", "", chromedp.EmulateViewport(1280, 900))
	box := value[struct{ Left, Right, Top float64 }](b, `(() => {
		const box = document.querySelector(".plot").getBoundingClientRect();
		return {Left: box.left, Right: box.right, Top: box.top};
	})()`)
	b.do(chromedp.DragAndDropXY((box.Left+box.Right)/2, box.Top+9, box.Right-1, box.Top+9))
	const chosen = `Number(document.querySelector("#until").value) - Number(document.querySelector("#from").value)`
	if n := value[int](b, chosen); n < 20 || n > 40 {
		t.Errorf("%d bins in half of the chart", n)
	}
	late := value[string](b, errorsShown)
	b.click("#clear")
	if all := value[string](b, errorsShown); all == late {
		t.Errorf("errors in the later half are %s, as in all", late)
	}
	b.do(chromedp.Focus(chromedp.CSS("#until")))
	b.press(kb.Home)
	want(b, chosen, 1)
}

func browserSort(t *testing.T, shared context.Context) {
	b := open(t, shared, "incident", "")
	const errors = `table.problems thead th:nth-child(2)`
	b.click(errors + " button")
	want(b, rowsShown, "P-91d0c7 P-4c1e02 P-e07b9a P-c3f811 P-2a5540")
	want(b, `document.querySelector("`+errors+`").ariaSort`, "descending")
	b.click(errors + " button")
	want(b, rowsShown, "P-2a5540 P-c3f811 P-e07b9a P-4c1e02 P-91d0c7")
	want(b, `document.querySelectorAll("[aria-sort]").length`, 1)
}

// Problems in two tables are filtered as one, and sorted into one.
func browserManyProblems(t *testing.T, shared context.Context) {
	r := manyProblems(t)
	r.Problems[1000].Errors = 123_456_789
	b := openReport(t, shared, r, "#P-1023")
	const tables = `[...document.querySelectorAll("table.problems")].filter(e => e.offsetHeight > 0).length`
	want(b, tables, 2)
	want(b, `document.activeElement.closest("tr").dataset.problem`, "P-1023")
	b.click("#search")
	b.press("P", "-", "1", "0", "2", "3")
	want(b, rowsShown, "P-1023")
	b.press("x")
	want(b, tables, 1)
	b.press(kb.Escape)
	b.click(`table.problems thead th:nth-child(2) button`)
	want(b, tables, 1)
	want(b, `document.querySelector("tr[data-problem]").dataset.problem`, "P-1000")
	want(b, `document.querySelectorAll("tr[data-problem]").length`, 1024)
}

func browserKeys(t *testing.T, shared context.Context) {
	b := open(t, shared, "incident", "")
	b.press("j", "j", "j", "k")
	want(b, `document.activeElement.textContent`, "P-e07b9a")
	b.press(kb.Enter)
	want(b, `location.hash`, "#P-e07b9a")
	b.press("/")
	want(b, `document.activeElement.id`, "search")
	b.press("j", "?")
	want(b, `document.querySelector("#search").value.endsWith("j?")`, true)
	b.press(kb.Escape, "?")
	want(b, `document.querySelector("#help").open`, true)
	b.click("#single", "#close")
	b.press("/")
	want(b, `document.activeElement.id === "search"`, false)
}

// Without the script, all is there and nothing is offered that needs it.
func browserWithoutScript(t *testing.T, shared context.Context) {
	noScript := command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b := open(t, shared, "incident", "#P-91d0c7", noScript)
	want(b, rowsShown, everyProblem)
	want(b, sectionsShown, everyProblem)
	want(b, `document.querySelector("#P-91d0c7").offsetHeight > 0`, true)
	want(b, controlsShown, 0)
}

func browserWidths(t *testing.T, shared context.Context) {
	for _, name := range testCases(t) {
		b := open(t, shared, name, "")
		for _, width := range []int64{320, 390, 800, 1280} {
			b.do(chromedp.EmulateViewport(width, 844))
			if got := value[int64](b, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s is %d wide on a screen of %d", name, got, width)
			}
		}
	}
}

// Printed, every problem is unfolded and nothing is left to press.
func browserPrint(t *testing.T, shared context.Context) {
	b := open(t, shared, "incident", "", media("print", "dark"))
	b.do(chromedp.Evaluate[chromedp.Void](`dispatchEvent(new Event("beforeprint"))`))
	want(b, `[...document.querySelectorAll(".columns")].every(e => e.offsetHeight > 0)`, true)
	want(b, controlsShown, 0)
	want(b, lowContrast, "")
	b.do(chromedp.Evaluate[chromedp.Void](`dispatchEvent(new Event("afterprint"))`))
	want(b, sectionsOpen, "")
}

// Markup in a log reaches the page as text: nothing of it runs or loads.
func browserHostileLog(t *testing.T, shared context.Context) {
	b := open(t, shared, "hostile", "")
	want(b, `document.scripts.length`, 1)
	want(b, `document.images.length`, 0)
}

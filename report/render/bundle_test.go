package render

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"analyzer/report"
)

// bundleText draws the files of a bundle as one text, for the golden files.
func bundleText(w io.Writer, r *report.Report, o Options) error {
	var bundle bytes.Buffer
	if err := Bundle(&bundle, r, o); err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(bundle.Bytes()), int64(bundle.Len()))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		file, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "-- %s --\n%s", f.Name, bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
	}
	return nil
}

func TestBundleLetterIsInert(t *testing.T) {
	for _, name := range testCases(t) {
		checkMarkdown(t, drawn(t, func(w io.Writer, r *report.Report, _ Options) error { return newSupportCase(r).letter(w) }, load(t, name), Options{}))
	}
}

// TestBundleHoldsWhatIsAllowed: each text of a report carries the name of its
// key; those that come through are these and no others.
func TestBundleHoldsWhatIsAllowed(t *testing.T) {
	want := []string{
		"problems.by.host.value", "problems.by.resource.value", "problems.by.version.value", "problems.category", "problems.code",
		"problems.fields", "problems.id", "problems.message", "problems.method", "problems.route",
		"problems.samples.message", "problems.samples.request_id",
		"requests.errors_at.problem", "requests.fields", "requests.kind", "requests.request_id",
		"tool.name", "tool.packs", "tool.version",
	}
	r := load(t, "incident")
	keys := map[string]bool{}
	nameTexts(reflect.ValueOf(r), "", keys)
	files := drawn(t, bundleText, r, Options{})
	var got []string
	for key := range keys {
		if strings.Contains(files, "["+key+"]") {
			got = append(got, key)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("a bundle holds\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// nameTexts sets every text of v to the name of its key, and collects the names.
func nameTexts(v reflect.Value, key string, keys map[string]bool) {
	switch v.Kind() {
	case reflect.String:
		keys[key] = true
		v.SetString("[" + key + "]")
	case reflect.Pointer:
		if !v.IsNil() {
			nameTexts(v.Elem(), key, keys)
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			nameTexts(v.Index(i), key, keys)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				nameTexts(v.Field(i), strings.TrimPrefix(key+"."+f.Tag.Get("json"), "."), keys)
			}
		}
	}
}

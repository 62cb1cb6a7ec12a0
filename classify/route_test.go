package classify

import (
	"strings"
	"testing"
)

// routeSet holds a few of the routes that a pack might declare.
func routeSet() *routes {
	r := &routes{}
	for _, template := range []string{
		"/v1/project",
		"/v1/project/{project}/service",
		"/v1/project/{project}/service/{service}",
		"/v1/project/{name}/service/{id}", // the same paths as the one above, later
		"/v1/project/{project}/service/plans",
		"/v1/project/{project}/{kind}/list",
	} {
		r.add(template)
	}
	return r
}

func TestRoutes(t *testing.T) {
	r := routeSet()
	for path, want := range map[string]string{
		"/v1/project":                                     "/v1/project",
		"/v1/project/acme/service/demo-pg":                "/v1/project/{project}/service/{service}",
		"/v1/project/acme/service/plans":                  "/v1/project/{project}/service/plans",
		"/v1/project/acme/service/list":                   "/v1/project/{project}/service/{service}",
		"/v1/project/acme/topic/list":                     "/v1/project/{project}/{kind}/list",
		"/v1/project/acme/service/demo-pg/":               "/v1/project/{project}/service/{service}",
		"//v1//project/acme/service?limit=5#top":          "/v1/project/{project}/service",
		"https://api.example.com/v1/project/acme/service": "/v1/project/{project}/service",
		"https://api.example.com":                         "/",
		"https://api.example.com?x=/v1":                   "/",
		"v1/project/acme/service":                         "/v1/project/{project}/service",
		"/v1/project/{project}/service/{name}":            "/v1/project/{project}/service/{service}",
		"/v1/project/:project/service":                    "/v1/project/{project}/service",

		"/users/42":                               "/users/{id}",
		"/users/42/orders/order-20931":            "/users/{id}/orders/order-{id}",
		"/users/:id/<kind>/{x}":                   "/users/{id}/{kind}/{x}",
		"/v2/s3/utf8/pg-2":                        "/v2/s3/utf8/pg-2",
		"/o/3fa85f64-5717-4562-b3fc-2c963f66afa6": "/o/{id}",
		"/blob/9f2c77e1a0":                        "/blob/{id}",
		"/decade/feedback":                        "/decade/feedback",
		"/job/01ARZ3NDEKTSV4RRFFQ69G5FAV":         "/job/{id}",
		"/at/10.0.0.1":                            "/at/{ip}",
		"/of/ada@example.com":                     "/of/{email}",
		"/day/2026-09-14":                         "/day/{time}",
		"/api/2.1/jobs":                           "/api/2.1/jobs",
		"/":                                       "/",
		"":                                        "/",
	} {
		if got := r.route(path); got != want {
			t.Errorf("route(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestRouteOfRouteIsItself(t *testing.T) {
	r := routeSet()
	for _, path := range []string{"/users/42/9f2c77e1a0", "/v1/project/acme/service/x", "/at/10.0.0.1/x"} {
		once := r.route(path)
		if twice := r.route(once); twice != once {
			t.Errorf("route(%q) = %q, and of that %q", path, once, twice)
		}
	}
}

func FuzzRoute(f *testing.F) {
	for _, path := range []string{"/v1/project/a/service/b", "https://h/x?y", "//", "/{a", "/\xff/1"} {
		f.Add(path)
	}
	r := routeSet()
	f.Fuzz(func(t *testing.T, path string) {
		path = strings.ToValidUTF8(path, "?") // as every text of a record is
		route := r.route(path)
		if len(route) > maxRoute || route == "" || route[0] != '/' {
			t.Errorf("route(%q) = %q", path, route)
		}
	})
}

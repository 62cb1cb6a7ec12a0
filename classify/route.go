package classify

import (
	"strings"

	"analyzer/parse"
)

// maxRoute is the length of a route, in bytes; maxPath is how much of a
// request path is looked at.
const (
	maxRoute = 200
	maxPath  = 2048
)

// routes are the templates of all packs, as a tree of segments.
type routes struct {
	literal  map[string]*routes
	param    *routes
	template string // of the route that ends here
}

// checkRoute returns what is wrong with a route of a pack, or "".
func checkRoute(route string) string {
	if !strings.HasPrefix(route, "/") || len(route) < 2 || len(route) > maxRoute {
		return "does not begin with / or is too long"
	}
	for _, segment := range strings.Split(route[1:], "/") {
		name, ok := parameter(segment)
		switch {
		case segment == "":
			return "holds an empty segment"
		case ok && segment != "{"+name+"}", !ok && strings.ContainsAny(segment, "{}<>?#* "):
			return "a parameter is a whole segment in braces"
		}
	}
	return ""
}

// add adds the template of a pack. The first of two that cover the same paths
// stays.
func (r *routes) add(template string) {
	node := r
	for _, segment := range strings.Split(template[1:], "/") {
		if _, ok := parameter(segment); ok {
			if node.param == nil {
				node.param = &routes{}
			}
			node = node.param
			continue
		}
		if node.literal == nil {
			node.literal = map[string]*routes{}
		}
		next := node.literal[segment]
		if next == nil {
			next = &routes{}
			node.literal[segment] = next
		}
		node = next
	}
	if node.template == "" {
		node.template = template
	}
}

// begin reports whether a template of r covers path or its beginning.
func (r *routes) begin(path string) bool {
	rest, found := strings.CutPrefix(path, "/")
	return found && len(path) <= maxPath && r.covers(rest)
}

// covers is begin for a path without its first slash.
func (r *routes) covers(path string) bool {
	if r.template != "" {
		return true
	}
	segment, rest, _ := strings.Cut(path, "/")
	for _, node := range [...]*routes{r.literal[segment], r.param} {
		if node != nil && segment != "" && node.covers(rest) {
			return true
		}
	}
	return false
}

// find returns the template of a path without its first slash, literal
// segments before parameters; "" if there is none.
func (r *routes) find(path string) string {
	segment, rest, more := strings.Cut(path, "/")
	for _, node := range [...]*routes{r.literal[segment], r.param} {
		if node == nil {
			continue
		}
		if !more {
			if node.template != "" {
				return node.template
			}
		} else if template := node.find(rest); template != "" {
			return template
		}
	}
	return ""
}

// Route returns the route that r called, as in Problem.Route: that of its path,
// else the operation.
func (s *Set) Route(r *parse.Record) string {
	s.ready()
	return s.know(r.Path).routeOf(r)
}

// routeOf is Route for a record with this path.
func (p *knownPath) routeOf(r *parse.Record) string {
	if p.path == "" {
		return cutString(r.Operation, maxRoute)
	}
	return p.route
}

// route returns the template of a request path: that of a pack, or the path
// with segments masked that a machine made. Host, query and fragment are
// dropped.
func (r *routes) route(path string) string {
	path = cleanPath(path)
	if template := r.find(path[1:]); template != "" {
		return template
	}
	return maskPath(path)
}

// cleanPath returns the path of a URL or path: it begins with a slash, ends
// with none and holds no empty segment.
func cleanPath(path string) string {
	path = cutString(path, maxPath)
	if i := strings.Index(path, "://"); i >= 0 && strings.IndexByte(path[:i], '/') < 0 {
		path = path[i+3:]
		if slash := strings.IndexAny(path, "/?#"); slash >= 0 {
			path = path[slash:]
		} else {
			path = ""
		}
	}
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	path = strings.TrimRight(path, "/")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	return path
}

// maskPath masks the segments of a clean path. It allocates only where one
// changes.
func maskPath(path string) string {
	var out strings.Builder
	done := 0 // of path, written to out
	for start := 1; start <= len(path); {
		end := len(path)
		if slash := strings.IndexByte(path[start:], '/'); slash >= 0 {
			end = start + slash
		}
		if masked := maskSegment(path[start:end]); masked != path[start:end] {
			out.WriteString(path[done:start])
			out.WriteString(masked)
			done = end
		}
		start = end + 1
	}
	if done == 0 {
		return cutString(path, maxRoute)
	}
	out.WriteString(path[done:])
	return cutString(out.String(), maxRoute)
}

// maskSegment masks one segment of a path. Names are never guessed; what
// already is a parameter keeps its name.
func maskSegment(segment string) string {
	if name, ok := parameter(segment); ok {
		return "{" + name + "}"
	}
	if segment != "" && digitsLen(segment) == len(segment) {
		return maskID
	}
	return maskRuns(segment)
}

// maskRuns masks the runs of letters and digits in s that a machine made, and
// numbers of three digits or more.
func maskRuns(s string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(s); {
		if !isAlnum(s[i]) {
			i++
			continue
		}
		mask, n := maskAt(s[i:])
		if n == 0 {
			if n = runLen(s[i:]); n >= 3 && digitsLen(s[i:]) == n {
				mask = maskID
			}
		}
		if mask != "" {
			out.WriteString(s[done:i])
			out.WriteString(mask)
			done = i + n
		}
		i += n
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// parameter returns the name in {name}, :name and <name>.
func parameter(segment string) (string, bool) {
	if len(segment) < 2 {
		return "", false
	}
	name := ""
	switch last := segment[len(segment)-1]; {
	case segment[0] == '{' && last == '}', segment[0] == '<' && last == '>':
		name = segment[1 : len(segment)-1]
	case segment[0] == ':':
		name = segment[1:]
	}
	valid := spanOf(name, func(c byte) bool { return isAlnum(c) || strings.IndexByte("_.-", c) >= 0 })
	return name, name != "" && valid == len(name)
}

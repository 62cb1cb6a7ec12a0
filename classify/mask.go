package classify

import "strings"

// The masks that stand for what varies from one request to the next. Templates
// and routes use the same ones; they follow from the form of a word alone.
const (
	maskID     = "{id}"    // UUIDs, long hexadecimal numbers, ULIDs, random tokens
	maskNumber = "{n}"     // decimal numbers
	maskTime   = "{time}"  // dates and times of day
	maskIP     = "{ip}"    // IP addresses, with port
	maskEmail  = "{email}" // e-mail addresses
	maskURL    = "{url}"   // absolute URLs
	maskName   = "{name}"  // what stands in quotes
)

// maskAt returns the mask for the word at the beginning of s and the length of
// what it covers, 0 if the word stays. S begins with an ASCII letter or digit
// that no other one precedes. Numbers are not looked at.
func maskAt(s string) (mask string, n int) {
	if n = urlLen(s); n > 0 {
		return maskURL, n
	}
	if n = uuidLen(s); n > 0 {
		return maskID, n
	}
	if n = timeLen(s); n > 0 {
		return maskTime, n
	}
	if n = ipLen(s); n > 0 {
		return maskIP, n
	}
	if n = emailLen(s); n > 0 {
		return maskEmail, n
	}
	if n = runLen(s); isToken(s[:n]) {
		return maskID, n
	}
	return "", 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isAlnum(c byte) bool { return isDigit(c) || isLetter(c) }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// spanOf returns how many bytes at the beginning of s are of a class.
func spanOf(s string, class func(byte) bool) int {
	n := 0
	for n < len(s) && class(s[n]) {
		n++
	}
	return n
}

// runLen returns the length of the run of letters and digits that s begins with.
func runLen(s string) int { return spanOf(s, isAlnum) }

// digitsLen returns the length of the run of digits that s begins with.
func digitsLen(s string) int { return spanOf(s, isDigit) }

// endsAt reports whether a word can end before s[n].
func endsAt(s string, n int) bool { return n >= len(s) || !isAlnum(s[n]) }

// hasForm reports whether s begins with the form: 0 is a digit, x a hexadecimal
// digit, every other byte itself.
func hasForm(s, form string) bool {
	if len(s) < len(form) {
		return false
	}
	for i := range len(form) {
		switch form[i] {
		case '0':
			if !isDigit(s[i]) {
				return false
			}
		case 'x':
			if !isHex(s[i]) {
				return false
			}
		default:
			if s[i] != form[i] {
				return false
			}
		}
	}
	return true
}

const uuidForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"

func uuidLen(s string) int {
	if hasForm(s, uuidForm) && endsAt(s, len(uuidForm)) {
		return len(uuidForm)
	}
	return 0
}

// timeLen covers 2026-09-14, 2026-09-14T08:12:31.5Z, 2026/09/14 08:12:31 and
// 08:12:31.
func timeLen(s string) int {
	n := 0
	if hasForm(s, "0000-00-00") || hasForm(s, "0000/00/00") {
		n = len("0000-00-00")
		if len(s) <= n+1 || s[n] != 'T' && s[n] != 't' && s[n] != ' ' || clockLen(s[n+1:]) == 0 {
			if !endsAt(s, n) {
				return 0
			}
			return n
		}
		n++
	}
	clock := clockLen(s[n:])
	if clock == 0 {
		return 0
	}
	return n + clock
}

// clockLen covers 08:12:31 with fraction and zone.
func clockLen(s string) int {
	if !hasForm(s, "00:00:00") {
		return 0
	}
	n := len("00:00:00")
	if len(s) > n+1 && (s[n] == '.' || s[n] == ',') && isDigit(s[n+1]) {
		n += 1 + digitsLen(s[n+1:])
	}
	for _, zone := range []string{"Z", "+00:00", "-00:00", "+0000", "-0000", " +0000"} {
		if hasForm(s[n:], zone) {
			n += len(zone)
			break
		}
	}
	if !endsAt(s, n) {
		return 0
	}
	return n
}

// ipLen covers IPv4 and IPv6 addresses, IPv4 with a port.
func ipLen(s string) int {
	if n := ipv4Len(s); n > 0 {
		return n
	}
	return ipv6Len(s)
}

func ipv4Len(s string) int {
	n := 0
	for part := range 4 {
		if part > 0 {
			if n >= len(s) || s[n] != '.' {
				return 0
			}
			n++
		}
		digits := digitsLen(s[n:])
		if digits == 0 || digits > 3 {
			return 0
		}
		n += digits
	}
	if !endsAt(s, n) || n+1 < len(s) && s[n] == '.' && isDigit(s[n+1]) {
		return 0
	}
	if n < len(s) && s[n] == ':' {
		if port := digitsLen(s[n+1:]); port > 0 && port <= 5 {
			n += 1 + port
		}
	}
	return n
}

// ipv6Len covers eight groups, or fewer with "::" between two of them. Shorter
// forms are too close to other text with colons.
func ipv6Len(s string) int {
	n, groups, double := 0, 0, false
	for groups < 8 {
		hex := min(spanOf(s[n:], isHex), 5)
		if hex == 0 || hex > 4 {
			break
		}
		n += hex
		groups++
		if strings.HasPrefix(s[n:], "::") && !double {
			double = true
			n += 2
		} else if n+1 < len(s) && s[n] == ':' && isHex(s[n+1]) && groups < 8 {
			n++
		} else {
			break
		}
	}
	if groups != 8 && (!double || groups < 2) || !endsAt(s, n) {
		return 0
	}
	return n
}

// emailLen covers local@domain, where the domain holds a dot.
func emailLen(s string) int {
	n := spanOf(s[:min(len(s), 65)], func(c byte) bool { return isAlnum(c) || strings.IndexByte("._%+-", c) >= 0 })
	if n == 0 || n >= len(s) || s[n] != '@' {
		return 0
	}
	domain := spanOf(s[n+1:], func(c byte) bool { return isAlnum(c) || c == '.' || c == '-' })
	name := strings.TrimRight(s[n+1:n+1+domain], ".-")
	if !strings.Contains(name, ".") {
		return 0
	}
	return n + 1 + len(name)
}

// urlLen covers scheme://…, up to white space, a quote or a bracket.
func urlLen(s string) int {
	scheme := spanOf(s[:min(len(s), 12)], func(c byte) bool { return isAlnum(c) || c == '+' })
	if scheme < 2 || !strings.HasPrefix(s[scheme:], "://") {
		return 0
	}
	n := spanOf(s, func(c byte) bool { return c > ' ' && strings.IndexByte("'\"`<>()[]{}|\\", c) < 0 })
	return len(strings.TrimRight(s[:n], ".,;:!?"))
}

// isToken reports whether a run of letters and digits is an identifier that a
// machine made: hexadecimal of eight digits or more, a ULID, or random
// letters and digits.
func isToken(run string) bool {
	if len(run) < 8 {
		return false
	}
	digits, hex, lowers, changes := 0, 0, 0, 0
	for i := range len(run) {
		c := run[i]
		if isDigit(c) {
			digits++
		} else if 'a' <= c && c <= 'z' {
			lowers++
		}
		if isHex(c) {
			hex++
		}
		if i > 0 && isDigit(c) != isDigit(run[i-1]) {
			changes++
		}
	}
	switch {
	case digits == 0 || digits == len(run):
		return false
	case hex == len(run), strings.HasPrefix(run, "0x") && hex == len(run)-1:
		return true
	case len(run) == 26 && lowers == 0 && digits >= 4:
		return true // a ULID
	}
	return len(run) >= 12 && digits >= 3 && changes >= 3
}

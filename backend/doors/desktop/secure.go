package desktop

import "net/http"

// policy is the content security policy of the screens. Beyond 'self', inline styles are allowed: the menus and dialogs
// are positioned by style attributes. Wails' own scripts are files of the same origin and need nothing more.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// Secure sets the headers that keep the screens, and whatever gets into them, from being more than web content.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

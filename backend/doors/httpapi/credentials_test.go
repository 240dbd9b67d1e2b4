package httpapi

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

func basic(pair string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)) }

func TestPresented(t *testing.T) {
	const differ = "The headers name different callers"
	for _, c := range []struct {
		name         string
		headers      []string
		user, secret string
		refusal      string
	}{
		{"nothing", nil, "", "", "api-user header is not set"},
		{"two headers", []string{"api-user", "Acme Ltd", "api-token", "T"}, "Acme Ltd", "T", ""},
		{"no token", []string{"api-user", "Acme"}, "", "", "api-token header is not set"},
		{"no user", []string{"api-token", "T"}, "", "", "api-user header is not set"},
		{"an empty user", []string{"api-user", "", "api-token", "T"}, "", "", "api-user header is not set"},
		{"UTF-8", []string{"api-user", "Müller", "api-token", "T"}, "Müller", "T", ""},
		{"Latin-1", []string{"api-user", "M\xfcller", "api-token", "T"}, "Müller", "T", ""},
		{"Basic", []string{"Authorization", basic("Acme Ltd:T:x")}, "Acme Ltd", "T:x", ""},
		{"Basic in Latin-1", []string{"Authorization", basic("M\xfcller:T")}, "Müller", "T", ""},
		{"Basic in small letters", []string{"Authorization", "basic " + strings.TrimPrefix(basic("A:T"), "Basic ")}, "A", "T", ""},
		{"Basic without a user", []string{"Authorization", basic(":T")}, "", "", "api-user header is not set"},
		{"Basic without a colon", []string{"Authorization", basic("A")}, "", "", "is not Basic"},
		{"Basic that is not base64", []string{"Authorization", "Basic ???"}, "", "", "is not Basic"},
		{"both and the same", []string{"api-user", "A", "api-token", "T", "Authorization", basic("A:T")}, "A", "T", ""},
		{"both, other token", []string{"api-user", "A", "api-token", "T", "Authorization", basic("A:U")}, "", "", differ},
		{"both, other user", []string{"api-user", "A", "api-token", "T", "Authorization", basic("B:T")}, "", "", differ},
		{"twice the same header", []string{"api-user", "A", "api-user", "B", "api-token", "T"}, "", "", differ},
		{"account key", []string{"api-key", "K"}, "", "K", ""},
		{"account key with its user", []string{"api-key", "K", "api-user", "A"}, "A", "K", ""},
		{"key and token differ", []string{"api-key", "K", "api-user", "A", "api-token", "T"}, "", "", differ},
		{"bearer", []string{"Authorization", "Bearer T"}, "", "T", ""},
		{"bearer and its user", []string{"Authorization", "bearer T", "api-user", "A"}, "A", "T", ""},
		{"bearer and another token", []string{"Authorization", "Bearer T", "api-user", "A", "api-token", "U"}, "", "", differ},
		{"bearer and another key", []string{"Authorization", "Bearer T", "api-key", "U"}, "", "", differ},
		{"an empty bearer", []string{"Authorization", "Bearer"}, "", "", "api-user header is not set"},
		{"another scheme", []string{"Authorization", "Digest x"}, "", "", "api-user header is not set"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := http.Header{}
			for i := 0; i < len(c.headers); i += 2 {
				h.Add(c.headers[i], c.headers[i+1])
			}
			p, err := presented(h)
			if c.refusal != "" {
				if err == nil || !strings.Contains(err.Error(), c.refusal) {
					t.Fatalf("%+v, %v", p, err)
				}
				return
			}
			if err != nil || p.APIUser != c.user || p.Secret.Expose() != c.secret {
				t.Errorf("%q %q %v", p.APIUser, p.Secret.Expose(), err)
			}
		})
	}
}

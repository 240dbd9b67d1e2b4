package httpapi

import (
	"crypto/subtle"
	"encoding/base64"
	"log/slog"
	"net/url"
	"strconv"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

// Where signed links lead, and how long a file's link holds. A status page's link holds for good: it shows no more than a
// courier's public tracking page does.
const (
	filesPath  = "/api/files/"
	statusPath = "/status/"
	linkLife   = 24 * time.Hour
)

// links makes and checks signed links, which need no header: order systems hand them to printers and browsers.
type links struct {
	signer account.Signer
	clock  clock.Clock
	log    *slog.Logger
	base   string // http://127.0.0.1:PORT
}

func (a *api) links(c *call) links {
	return links{signer: a.Signer, clock: a.Clock, log: a.Log, base: c.base()}
}

// NewLinks makes links to the API at base ("http://127.0.0.1:PORT") for a buyer at another door.
func NewLinks(signer account.Signer, now clock.Clock, log *slog.Logger, base string) shipment.Links {
	return links{signer: signer, clock: now, log: log, base: base}
}

// File gives a link to a kept file. It is "" where nothing can be signed, which the log tells: what it belongs to is
// bought, and the link can be asked for again.
func (l links) File(key string) string {
	expires := strconv.FormatInt(l.clock.Now().Add(linkLife).Unix(), 10)
	return l.signed(filesPath+url.PathEscape(key)+"?expires="+expires+"&signature=", "file link", key+"\n"+expires)
}

// Status gives a link to the page that shows where a parcel is.
func (l links) Status(sh shipment.Shipment, code string) string {
	number := strconv.FormatInt(sh.Number, 10)
	return l.signed(statusPath+number+"/"+url.PathEscape(code)+"?signature=", "status link", number+"\n"+code)
}

func (l links) signed(path, purpose, message string) string {
	mac, err := l.signer.Sign(purpose, []byte(message))
	if err != nil {
		l.log.Error("a link could not be signed", "error", err)
		return ""
	}
	return l.base + path + base64.RawURLEncoding.EncodeToString(mac)
}

// checkFile refuses a link that was not signed here with NotFound, one that has ended with Forbidden.
func (l links) checkFile(key string, in *input) error {
	expires := in.text("expires")
	if err := l.check("file link", key+"\n"+expires, in.text("signature")); err != nil {
		return err
	}
	until, err := strconv.ParseInt(expires, 10, 64)
	if err != nil || l.clock.Now().Unix() > until {
		return errs.New(errs.Forbidden, "This link has ended. GET /api/pdfs/renew?key=%s gives a fresh one.", key)
	}
	return nil
}

func (l links) checkStatus(number, code string, in *input) error {
	return l.check("status link", number+"\n"+code, in.text("signature"))
}

func (l links) check(purpose, message, signature string) error {
	want, err := l.signer.Sign(purpose, []byte(message))
	if err != nil {
		return err
	}
	got, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || subtle.ConstantTimeCompare(got, want) != 1 {
		return errs.New(errs.NotFound, "This link was not made here, or not all of it was copied.")
	}
	return nil
}

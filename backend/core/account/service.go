package account

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"packbench/backend/base/errs"
	"packbench/backend/core/audit"
)

// record writes the audit entry of a change within its transaction.
func (s *Service) record(ctx context.Context, r Repo, action string, subject audit.Subject, id ID, before, after any) error {
	return audit.Record(ctx, r, s.Clock.Now(), action, subject, string(id), before, after)
}

// exact gives a name as it is compared: names are kept in NFC, and two Unicode forms of one text are the same name.
func exact(name string) string { return norm.NFC.String(strings.TrimSpace(name)) }

// nameTaken gives a Conflict of the store its sentence at the field; other errors stay.
func nameTaken(err error, path, what, name string) error {
	if !errs.Is(err, errs.Conflict) {
		return err
	}
	return taken(err, path, "There is "+what+" with the name "+quoted(name)+", or one that looks like it. Choose another name.")
}

func taken(cause error, path, message string) error {
	return &errs.Error{Code: errs.Conflict, Message: message, Fields: []errs.Field{{Path: path, Message: message}}, Err: cause}
}

// changedMeanwhile is what a writer with an old version is told.
func changedMeanwhile(name string) error {
	return errs.New(errs.Conflict, "%s was changed meanwhile. Load it again and repeat your change.", quoted(name))
}

func quoted(name string) string { return "“" + name + "”" }

// Living gives an account that has not been deleted. NotFound.
func Living(r interface{ Account(ID) (Account, error) }, id ID) (Account, error) {
	a, err := r.Account(id)
	if err == nil && a.DeletedMs > 0 {
		err = errors.New("account: deleted")
	} else if !errs.Is(err, errs.NotFound) {
		return a, err
	}
	return Account{}, errs.Wrap(err, errs.NotFound, "There is no such API account; it may have been deleted.")
}

// count writes "1 token", "2 tokens".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

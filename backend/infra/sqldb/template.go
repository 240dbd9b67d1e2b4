package sqldb

import (
	"encoding/base64"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/template"
)

const templateColumns = `group_id, value, logo, version, updated_ms`

var (
	selectTemplate    = register(`SELECT ` + templateColumns + ` FROM templates WHERE group_id = $1`)
	selectTemplateFor = register(`SELECT ` + templateColumns + ` FROM templates WHERE group_id = $1 OR group_id = ''
		ORDER BY group_id DESC LIMIT 1`)
	selectTemplateGroups = register(`SELECT group_id FROM templates WHERE group_id <> '' ORDER BY group_id`)
	insertTemplate       = register(`INSERT INTO templates (` + templateColumns + `) VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING`)
	updateTemplate       = register(`UPDATE templates SET value = $1, logo = $2, updated_ms = $3, version = version + 1 WHERE group_id = $4 AND version = $5`)
	deleteTemplate       = register(`DELETE FROM templates WHERE group_id = $1 AND version = $2`)
)

const (
	noTemplate      = "No document template has been saved yet."
	templateChanged = "Somebody has changed this template in the meantime. Look at it again, then make your change."
)

func scanTemplate(row scanner) (template.Template, error) {
	var t template.Template
	var id account.GroupID
	var text, logo string
	var version, updatedMs int64
	if err := row.Scan(&id, &text, &logo, &version, &updatedMs); err != nil {
		return t, err
	}
	if err := decode(text, &t); err != nil {
		return t, err
	}
	picture, err := base64.StdEncoding.DecodeString(logo)
	if err != nil {
		return t, errs.Wrap(err, errs.Internal, "The logo of a document template is damaged. Restore it from a backup, or choose it again.")
	}
	t.GroupID, t.Business.Logo, t.Version, t.UpdatedMs = id, picture, version, updatedMs
	return t, nil
}

// Template gives the template of a group, "" for the site's. NotFound where none is kept.
func (tx *Tx) Template(id account.GroupID) (template.Template, error) {
	return one(tx, noTemplate, scanTemplate, selectTemplate, id)
}

// TemplateFor gives the group's template or, where it has none, the site's. NotFound where neither is kept.
func (tx *Tx) TemplateFor(id account.GroupID) (template.Template, error) {
	return one(tx, noTemplate, scanTemplate, selectTemplateFor, id)
}

// TemplateGroups lists the groups that have a template of their own.
func (tx *Tx) TemplateGroups() ([]account.GroupID, error) {
	return all(tx, value[account.GroupID], selectTemplateGroups)
}

// SaveTemplate replaces a template. Conflict: Version is not the kept one, 0 where none is kept.
func (tx *Tx) SaveTemplate(t template.Template) error {
	logo := base64.StdEncoding.EncodeToString(t.Business.Logo)
	t.Business.Logo = nil
	text, err := encode(t)
	if err != nil {
		return err
	}
	if t.Version == 0 {
		return tx.create(templateChanged, insertTemplate, t.GroupID, text, logo, t.UpdatedMs)
	}
	n, err := tx.exec(updateTemplate, text, logo, t.UpdatedMs, t.GroupID, t.Version)
	if err == nil && n == 0 {
		return conflict(templateChanged)
	}
	return err
}

// DeleteTemplate forgets a template. Conflict: Version is not the kept one.
func (tx *Tx) DeleteTemplate(t template.Template) error {
	n, err := tx.exec(deleteTemplate, t.GroupID, t.Version)
	if err == nil && n == 0 {
		return conflict(templateChanged)
	}
	return err
}

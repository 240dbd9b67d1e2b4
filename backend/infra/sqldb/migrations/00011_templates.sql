-- How papers look, for the site ('' in group_id) and for each API group that has a template of its own. What the settings
-- held of the business moves here. logo is base64, beside the JSON so that reading a template does not parse it.

-- +goose Up

CREATE TABLE templates (
    group_id   TEXT    PRIMARY KEY,
    value      TEXT    NOT NULL,
    logo       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;

-- A template goes with its group.
-- +goose StatementBegin
CREATE TRIGGER account_groups_template AFTER DELETE ON account_groups
BEGIN DELETE FROM templates WHERE group_id = old.id; END;
-- +goose StatementEnd

INSERT INTO templates (group_id, value, logo, version, updated_ms)
SELECT '', json_object('v', 1, 'value', json_object(
        'business', json_remove(json_extract(value, '$.value.business'), '$.logo'),
        'packing_slip', json('{"language":"en","gift_note":true,"sku":true,"weight":true,"barcode":true,"sender":true}'),
        'commercial_invoice', json('{"language":"en"}'),
        'manifest', json('{"language":"en"}'))),
    coalesce(json_extract(value, '$.value.business.logo'), ''), 1, updated_ms
FROM settings WHERE json_type(value, '$.value.business') = 'object';

UPDATE settings SET value = json_remove(value, '$.value.business');

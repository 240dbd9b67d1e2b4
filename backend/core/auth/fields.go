package auth

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
)

// DefaultCompany is what an auth is called when nobody needs to tell several apart.
const DefaultCompany = "Main"

// company gives a company as it is kept: DefaultCompany for none; no underscores, because order systems join courier,
// company and mode with them. Invalid at auth_company.
func company(name string) (string, error) {
	if strings.TrimSpace(name) == "" {
		return DefaultCompany, nil
	}
	name, err := account.CleanName("auth_company", "A company", name)
	if err == nil && strings.Contains(name, "_") {
		err = errs.OnField("auth_company", "A company may not hold an underscore, because order systems join names with it. Use a hyphen or a space.")
	}
	return name, err
}

// given keeps of what was entered the fields the courier knows, without white space around them.
func given(d *courier.Descriptor, entered map[string]string) map[string]string {
	values := map[string]string{}
	for _, f := range d.Fields {
		if value, ok := entered[f.Key]; ok {
			values[f.Key] = courier.Clean(value)
		}
	}
	return values
}

// withDefaults gives fields that were left empty what the descriptor says they then are.
func withDefaults(d *courier.Descriptor, values map[string]string) {
	for _, f := range d.Fields {
		if values[f.Key] == "" && f.Default != "" {
			values[f.Key] = f.Default
		}
	}
}

// merged lays an edit over what is stored: a field that is left out stays, and so does a secret that came empty or as
// it was shown, so that an edit never needs the old secret. Only a secret named in remove goes without another.
func merged(d *courier.Descriptor, stored, edit map[string]string, remove []string) map[string]string {
	values := map[string]string{}
	for _, f := range d.Fields {
		value, ok := edit[f.Key]
		if slices.Contains(remove, f.Key) && f.Kind == courier.Secret {
			value = ""
		} else if !ok || f.Kind == courier.Secret && (value == "" || value == shown(f, stored[f.Key])) {
			value = stored[f.Key]
		}
		values[f.Key] = value
	}
	return values
}

// shown gives a value as lists show it.
func shown(f courier.Field, value string) string {
	if f.Kind == courier.Secret && value != "" {
		return secret.Mask(value)
	}
	return value
}

// keep puts values into the auth: masked where lists show them, and the secrets sealed under the account's data key.
func (s *Service) keep(a *Auth, d *courier.Descriptor, values map[string]string, dataKey []byte) error {
	a.Fields, a.Sealed = map[string]string{}, nil
	secrets := map[string]string{}
	for _, f := range d.Fields {
		value := values[f.Key]
		if value == "" {
			continue
		}
		a.Fields[f.Key] = shown(f, value)
		if f.Kind == courier.Secret {
			secrets[f.Key] = value
		}
	}
	if len(secrets) == 0 {
		return nil
	}
	plain, err := json.Marshal(secrets)
	if err != nil {
		return fmt.Errorf("auth: %w", err)
	}
	defer clear(plain)
	a.Sealed, err = s.Vault.Seal(dataKey, a.place(), plain)
	return err
}

// open gives every field's value, secrets opened.
func (s *Service) open(a Auth, dataKey []byte) (map[string]string, error) {
	values := make(map[string]string, len(a.Fields))
	for key, value := range a.Fields {
		values[key] = value
	}
	if len(a.Sealed) == 0 {
		return values, nil
	}
	plain, err := s.Vault.Open(dataKey, a.place(), a.Sealed)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	if err := json.Unmarshal(plain, &values); err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	return values, nil
}

// place is what the sealed fields are bound to.
func (a Auth) place() string {
	return "auth|" + string(a.AccountID) + "/" + string(a.ID) + "|fields|1"
}

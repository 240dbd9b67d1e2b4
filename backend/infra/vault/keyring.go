package vault

import (
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/99designs/keyring"

	"packbench/backend/base/errs"
	"packbench/backend/infra/vault/nobus"
)

// The keyring library has looked for the session bus by now.
func init() { nobus.Restore() }

// keyringPatience is how long the operating system may take: a person may have to type the keyring's password.
const keyringPatience = 2 * time.Minute

const service = "packbench"

// osKeyring keeps each root key as one item of the operating system's keyring, named by its id: the data folders of one
// user don't get in each other's way, nor do two processes that both make a first key.
type osKeyring struct{}

// backend names the one keyring of this operating system. The library's other backends are never used: keyctl forgets at
// reboot, and its file backend protects too little.
func backend() keyring.BackendType {
	switch runtime.GOOS {
	case "windows":
		return keyring.WinCredBackend
	case "darwin":
		return keyring.KeychainBackend
	}
	return keyring.SecretServiceBackend
}

func openKeyring() (keyring.Keyring, error) {
	ring, err := keyring.Open(keyring.Config{
		ServiceName:                    service,
		AllowedBackends:                []keyring.BackendType{backend()},
		LibSecretCollectionName:        "login", // another name would make a new collection, which needs a prompt
		WinCredPrefix:                  service,
		KeychainTrustApplication:       true,
		KeychainAccessibleWhenUnlocked: true,
	})
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "No keyring of the operating system can be reached from here (on Linux: a desktop session with a secret service such as GNOME Keyring). Start Packbench within the desktop session, or, for a new data folder, give a file with a passphrase: --passphrase-file FILE.")
	}
	return ring, nil
}

func (osKeyring) load(ctx context.Context, keyID string) ([]byte, error) {
	return patiently(ctx, func() ([]byte, error) {
		ring, err := openKeyring()
		if err != nil {
			return nil, err
		}
		item, err := ring.Get(itemName(keyID))
		switch {
		case errors.Is(err, keyring.ErrKeyNotFound):
			// A locked keyring answers this as well, so it proves nothing about what was stored.
			return nil, errs.Wrap(err, errs.Unavailable, "The keyring of the operating system does not give the root key of this data folder (%s). Unlock the keyring and try again, signed in as the user who made the folder. No new key is made, because it could not open what is stored.", itemName(keyID))
		case err != nil:
			return nil, errs.Wrap(err, errs.Unavailable, "The keyring of the operating system refused to give the root key of this data folder. Unlock the keyring and try again.")
		case len(item.Data) != keySize:
			return nil, errs.New(errs.Unavailable, "The keyring item %s is damaged: it holds no root key. Restore it, or the data folder, from a backup.", itemName(keyID))
		}
		return item.Data, nil
	})
}

func (osKeyring) keep(ctx context.Context, keyID string, root []byte) (string, []byte, error) {
	kept, err := patiently(ctx, func() ([]byte, error) {
		ring, err := openKeyring()
		if err != nil {
			return nil, err
		}
		item := keyring.Item{Key: itemName(keyID), Data: root, Label: "Packbench root key", Description: "Opens the secrets of a Packbench data folder. Without it they are lost."}
		if err := ring.Set(item); err != nil {
			return nil, errs.Wrap(err, errs.Unavailable, "The keyring of the operating system did not take the new root key. Unlock the keyring and try again, or give a file with a passphrase: --passphrase-file FILE.")
		}
		stored, err := ring.Get(itemName(keyID))
		if err != nil || string(stored.Data) != string(root) {
			return nil, errs.Wrap(err, errs.Unavailable, "The keyring of the operating system took the new root key, but does not give it back. Unlock the keyring and try again, or give a file with a passphrase: --passphrase-file FILE.")
		}
		return root, nil
	})
	return keyID, kept, err
}

func (osKeyring) drop(ctx context.Context, keyID string) {
	_, _ = patiently(ctx, func() ([]byte, error) { // an item too many does no harm
		ring, err := openKeyring()
		if err != nil {
			return nil, err
		}
		return nil, ring.Remove(itemName(keyID))
	})
}

func itemName(keyID string) string { return "root-key-" + keyID }

// patiently bounds a call that the library gives no way to end: a prompt that nobody sees would hold the start for ever.
func patiently(ctx context.Context, call func() ([]byte, error)) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, keyringPatience)
	defer cancel()
	type answer struct {
		data []byte
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		data, err := call()
		done <- answer{data, err}
	}()
	select {
	case a := <-done:
		return a.data, a.err
	case <-ctx.Done():
		return nil, errs.Wrap(ctx.Err(), errs.Unavailable, "The keyring of the operating system did not answer; it may be waiting for its password in another window. Unlock it and try again.")
	}
}

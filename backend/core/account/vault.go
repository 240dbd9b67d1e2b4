package account

// Vault seals and looks up secrets; infra/vault is one. Every method returns Unavailable while the vault is locked.
type Vault interface {
	// NewDataKey makes a data key for an account and gives it wrapped.
	NewDataKey() (wrapped []byte, err error)
	// Seal encrypts plain under the data key, bound to place ("table|row|field|version"): opened anywhere else it fails.
	Seal(dataKey []byte, place string, plain []byte) ([]byte, error)
	// Open decrypts what Seal made for the same data key and place. Anything else is an Internal error.
	Open(dataKey []byte, place string, sealed []byte) ([]byte, error)
	// Lookup gives the HMAC by which a secret is found without being stored.
	Lookup(value string) ([]byte, error)
}

// Signer signs what is handed out and comes back, such as label links; infra/vault is one. The signature of the same
// data under another purpose is another one. Unavailable while the vault is locked.
type Signer interface {
	Sign(purpose string, data []byte) ([]byte, error)
}

// VaultMeta says which root key the sealed data of a database stands under. It is written once, before anything is
// sealed: where it exists, no other root key is ever made.
type VaultMeta struct {
	KeyID     string // names the root key where it is kept
	Holder    string // where it is kept: "keyring" or "passphrase"
	Check     []byte // HMAC that only the right root key gives
	CreatedMs int64
}

// VaultRepo keeps the VaultMeta of the database.
type VaultRepo interface {
	VaultMeta() (VaultMeta, error) // NotFound before the first
	SaveVaultMeta(VaultMeta) error // Conflict where one exists; it is never changed
}

package app

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/courier"
)

// Options says what to open and how. Zero fields take their defaults.
type Options struct {
	DataDir        string       // "" for the user's data folder
	PassphraseFile string       // "" to use the system's keyring
	Passphrase     secret.Value // typed at the window, instead of a file
	Holder         string       // "window" or "serve": hold the folder, which only one can; "" works beside a holder
	Version        string
	Changed        func(topic string) // told after each write that succeeded; nil for nobody
	Couriers       []courier.Adapter  // beside the program's own; tests bring some
	Stand          string             // answers for every courier, in tests: "http://127.0.0.1:PORT"
	Rehearse       bool               // writes run twice, in tests: sqldb.Options
}

// LogLevelEnv names the environment variable with the log's level: debug, info (default), warn or error.
const LogLevelEnv = "PACKBENCH_LOG_LEVEL"

// normal gives the options with the folder's absolute path.
func (o Options) normal() (Options, error) {
	if o.DataDir == "" {
		dir, err := userDataDir()
		if err != nil {
			return o, err
		}
		o.DataDir = dir
	}
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return o, errs.Wrap(err, errs.Unavailable, "The data folder %s can't be found from here. Give its whole path: --data-dir DIR.", o.DataDir)
	}
	o.DataDir = dir
	return o, nil
}

// userDataDir follows the XDG Base Directory Specification on Linux and each system's own custom elsewhere.
func userDataDir() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "This user has no home folder. Say where the data is kept: --data-dir DIR.")
	}
	switch runtime.GOOS {
	case "windows":
		if local := os.Getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "Packbench"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Packbench"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Packbench"), nil
	}
	if data := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "packbench"), nil
	}
	return filepath.Join(home, ".local", "share", "packbench"), nil
}

// FolderID names the data folder without telling its path: windows on one folder are one instance.
func (o Options) FolderID() string {
	o, err := o.normal()
	if err != nil {
		return "none"
	}
	sum := sha256.Sum256([]byte(o.DataDir))
	return hex.EncodeToString(sum[:8])
}

func logLevel() slog.Level {
	var level slog.Level
	if level.UnmarshalText([]byte(os.Getenv(LogLevelEnv))) != nil {
		return slog.LevelInfo
	}
	return level
}

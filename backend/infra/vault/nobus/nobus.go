// Package nobus keeps the keyring library from starting a message bus of its own.
//
// On Linux that library asks for the session bus while it is initialised. Where there is none, its D-Bus client runs
// dbus-launch, and each start of the program would leave one more dbus-daemon behind. Go initialises, again and again,
// the first package by path whose imports are ready (language specification, "Package initialization"). This one needs
// next to nothing, the D-Bus client needs package net: this one is first, and can say that there is no bus. A test of
// package vault proves the order.
package nobus

import (
	"os"
	"strconv"
)

// address is the variable in which a D-Bus client looks for the session bus.
const address = "DBUS_SESSION_BUS_ADDRESS"

// none is an address at which there is nothing.
const none = "unix:path=/nonexistent"

func init() {
	if value := os.Getenv(address); value != "" && value != "autolaunch:" {
		return
	}
	for _, name := range []string{"bus", "dbus-session"} { // where a login session has its bus
		if _, err := os.Stat("/run/user/" + strconv.Itoa(os.Getuid()) + "/" + name); err == nil {
			return
		}
	}
	_ = os.Setenv(address, none) // fails only for a name or value that can't be one
}

// Restore takes the address away again, so that what this program starts finds the environment as it was.
func Restore() {
	if os.Getenv(address) == none {
		_ = os.Unsetenv(address)
	}
}

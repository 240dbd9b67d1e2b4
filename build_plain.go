//go:build !production && !bindings && !packed

package main

const made = forTerminal

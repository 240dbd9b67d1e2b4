//go:build !production && !bindings

package main

const made = forTerminal

//go:build bindings

package main

const made = forBindings

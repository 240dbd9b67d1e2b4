package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usageError is a command that was called wrongly: exit status 2.
type usageError struct {
	message string
	command string
}

func (e *usageError) Error() string {
	return fmt.Sprintf("%s See: %s --help", e.message, e.command)
}

func usage(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{message: fmt.Sprintf(format, args...), command: cmd.CommandPath()}
}

func isUsage(err error) bool {
	var e *usageError
	return errors.As(err, &e)
}

// noArgs refuses positional arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasParent() {
		return usage(cmd, "%q is one word too many.", args[0])
	}
	return usage(cmd, "There is no command %q.", args[0])
}

// oneArg wants exactly one positional argument and names it where it is missing.
func oneArg(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return usage(cmd, "%s is missing.", name)
		case len(args) > 1:
			return usage(cmd, "%q is one word too many; put names with spaces in quotes.", args[1])
		}
		return nil
	}
}

// need marks flags as required. Cobra's own check would not give exit status 2.
func need(cmd *cobra.Command, flags ...string) *cobra.Command {
	args := cmd.Args
	cmd.Args = func(cmd *cobra.Command, given []string) error {
		if args != nil {
			if err := args(cmd, given); err != nil {
				return err
			}
		}
		for _, name := range flags {
			if !cmd.Flags().Changed(name) {
				return usage(cmd, "--%s is missing.", name)
			}
		}
		return nil
	}
	return cmd
}

func names(cmd *cobra.Command) string {
	var list []string
	for _, child := range cmd.Commands() {
		if child.IsAvailableCommand() {
			list = append(list, child.Name())
		}
	}
	return strings.Join(list, ", ")
}

// sentence makes one of a library's message: a capital first, a full stop last.
func sentence(text string) string {
	if text == "" {
		return text
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

package sqldb

import "strings"

// steady makes a statement one that SQLite prepares once. Its planner looks at the value behind "column = ?", LIKE, LIMIT and
// OFFSET (sqlite3ExprIsInteger, since 3.54), and then takes every clearing of that value as a reason to prepare the
// statement again; the driver clears all values after each use, so that preparing was most of what a read cost. A value
// behind a unary plus is the same value, but the planner does not look into it.
//
// This is SQLite's alone: PostgreSQL has no unary plus on texts.
func steady(s statement) statement { return statement(behindPlus.Replace(string(s))) }

var behindPlus = strings.NewReplacer("= $", "= +$", "LIKE $", "LIKE +$", "LIMIT $", "LIMIT +$", "OFFSET $", "OFFSET +$")

package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver
)

// floor measures what SQLite can commit one row at a time on this disk, durably: 2 KB rows with three indexes over one
// connection, WAL and synchronous=FULL. No program that commits each purchase by itself can be faster.
func floor(dir string, lasting time.Duration) (float64, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, fmt.Sprintf("floor-%d.db", now().UnixNano()))+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE rows (id INTEGER PRIMARY KEY, number TEXT, place TEXT, made INTEGER, body TEXT);
		CREATE INDEX by_number ON rows (number); CREATE INDEX by_place ON rows (place, made); CREATE INDEX by_made ON rows (made)`); err != nil {
		return 0, err
	}
	insert, err := db.Prepare(`INSERT INTO rows (number, place, made, body) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	body := strings.Repeat("x", 2000)
	began := now()
	n := 0
	for now().Sub(began) < lasting {
		if _, err := insert.Exec(fmt.Sprintf("SO-%09d", n*7919%1_000_000_007), fmt.Sprintf("CT%d", n%97), began.UnixMilli()+int64(n), body); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / now().Sub(began).Seconds(), nil
}

package pdf

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/validate"

	"packbench/backend/base/errs"
)

// pdfcpu's package api would do this in one call, but importing it costs every start of the program
// some 50 ms and 2 MB: it brings in tables for terminal output. So the steps stand here.

// Merge joins PDF files in order, ours and couriers', every page in its own size. It returns
// errs.Invalid naming the file, counted from 1, that is no PDF or too damaged to be read.
func Merge(ctx context.Context, files [][]byte) ([]byte, error) {
	if len(files) == 0 {
		return nil, errs.New(errs.Invalid, "There is no file to join; choose at least one.")
	}
	var whole *model.Context
	for i, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part, err := read(file)
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "File %d of %d is no PDF that can be read; fetch it again or print it by itself.", i+1, len(files))
		}
		if whole == nil {
			whole = part
			continue
		}
		err = caught(func() error { return pdfcpu.MergeXRefTables(strconv.Itoa(i), part, whole, false, false) })
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "File %d of %d can't be joined to the others; print it by itself.", i+1, len(files))
		}
	}
	if len(files) == 1 {
		return bytes.Clone(files[0]), nil
	}
	var out bytes.Buffer
	whole.Write.Writer = bufio.NewWriter(&out)
	err := caught(func() error {
		whole.EnsureVersionForWriting()
		if err := pdfcpu.OptimizeXRefTable(whole); err != nil {
			return err
		}
		if err := pdfcpu.WriteContext(whole); err != nil {
			return err
		}
		return whole.Write.Flush()
	})
	if err != nil {
		return nil, errs.Wrap(err, errs.Internal, "The files can't be joined; print them one by one.")
	}
	return out.Bytes(), nil
}

func init() { model.ConfigPath = "disable" } // or pdfcpu makes a folder of settings for the user

// read reads a file and checks it as forgivingly as viewers do.
func read(file []byte) (part *model.Context, err error) {
	err = caught(func() error {
		configuration := model.NewDefaultConfiguration()
		configuration.Cmd = model.MERGECREATE
		configuration.ValidationMode = model.ValidationRelaxed
		configuration.CreateBookmarks = false
		if part, err = pdfcpu.Read(bytes.NewReader(file), configuration); err != nil {
			return err
		}
		return validate.XRefTable(part)
	})
	return part, err
}

// caught runs a step of pdfcpu, which panics on files that are odd enough.
func caught(step func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("pdfcpu: %v", fault)
		}
	}()
	return step()
}

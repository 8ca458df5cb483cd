package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readWords reads the constants of the string types out of the source, in
// order, by the type's package and name. Reflection does not know them.
func readWords(root string) (map[string][]string, error) {
	words := map[string][]string{}
	for _, dir := range packages() {
		entries, err := os.ReadDir(filepath.Join(root, dir))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, dir, e.Name()), nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			wordsOf(f, dir, words)
		}
	}
	return words, nil
}

// wordsOf adds the constants of a file that name their type.
func wordsOf(f *ast.File, dir string, into map[string][]string) {
	for _, d := range f.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			continue
		}
		for _, s := range decl.Specs {
			spec, _ := s.(*ast.ValueSpec)
			if spec == nil || len(spec.Values) != 1 {
				continue
			}
			typ, named := spec.Type.(*ast.Ident)
			value, literal := spec.Values[0].(*ast.BasicLit)
			if !named || !literal || value.Kind != token.STRING {
				continue
			}
			if text, err := strconv.Unquote(value.Value); err == nil {
				key := dir + "." + typ.Name
				into[key] = append(into[key], text)
			}
		}
	}
}

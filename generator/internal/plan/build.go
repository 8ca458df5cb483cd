package plan

import (
	"path"
	"slices"
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// Build plans the Go code of a package. What stands in the way of it is
// reported; the result is then of no use.
func Build(rep *diag.Report, pkg *ir.Package, env Env) *Package {
	b := newBuilder(rep, pkg, env)
	out := &Package{Name: pkg.Name, Path: env.ImportPath, Imports: importTable(env)}
	out.Files = append(out.Files, b.clientFile())
	if len(pkg.Types) > 0 {
		out.Files = append(out.Files, b.typesFile())
	}
	files := b.fileNames()
	for _, p := range pkg.Prompts {
		out.Files = append(out.Files, b.file(files[p], sourcesOf(p.Span), b.promptDecls(p)...))
	}
	if fake := b.fakeFile(out); fake != nil {
		out.Files = append(out.Files, fake)
	}
	return out
}

type builder struct {
	rep   *diag.Report
	pkg   *ir.Package
	env   Env
	names *names
	// done are the anonymous types that are declared.
	done map[*ir.Type]bool
}

// Names reports what Build would report of a package that has errors already and
// cannot be built, so that one run shows them all. It returns the paths of the
// files that the package would have.
func Names(rep *diag.Report, pkg *ir.Package, env Env) []string {
	b := newBuilder(rep, pkg, env)
	paths := []string{clientFile}
	if len(pkg.Types) > 0 {
		paths = append(paths, typesFile)
	}
	files := b.fileNames()
	for _, p := range pkg.Prompts {
		paths = append(paths, files[p])
	}
	return paths
}

// newBuilder names everything in a package.
func newBuilder(rep *diag.Report, pkg *ir.Package, env Env) *builder {
	b := &builder{rep: rep, pkg: pkg, env: env, names: nameAll(rep, pkg, env), done: map[*ir.Type]bool{}}
	b.refuseExtras()
	return b
}

// file returns a file of the package that is made of some of its specs.
func (b *builder) file(name string, sources []*source.File, decls ...Decl) *File {
	f := &File{Path: name, Package: b.pkg.Name, ImportPath: b.env.ImportPath, Decls: decls}
	for _, s := range sources {
		f.Sources = append(f.Sources, path.Base(s.Path))
	}
	return f
}

// sourcesOf returns the files that things stand in, each once.
func sourcesOf(spans ...source.Span) []*source.File {
	var files []*source.File
	for _, span := range spans {
		if span.File != nil && !slices.Contains(files, span.File) {
			files = append(files, span.File)
		}
	}
	return files
}

// fileNames returns the file name of each prompt.
func (b *builder) fileNames() map[*ir.Prompt]string {
	names := map[*ir.Prompt]string{}
	first := map[string]*ir.Prompt{}
	for _, p := range b.pkg.Prompts {
		name := promptFile(p.Name)
		names[p] = name
		if other := first[name]; other != nil {
			b.rep.Error(diag.GoFileTaken, p.Span, "prompts %q and %q would both be written to %s", other.Name, p.Name, name).
				Also(other.Span, "prompt %q", other.Name).Hint(hintRename)
			continue
		}
		first[name] = p
	}
	return names
}

func (b *builder) clientFile() *File {
	client := &Client{Var: b.names.spec}
	for _, p := range b.pkg.Prompts {
		client.Methods = append(client.Methods, b.method(p))
	}
	f := b.file(clientFile, b.pkg.Sources, b.models(), client)
	if !b.env.HasPackageDoc {
		f.Doc = packageDoc(b.pkg)
	}
	return f
}

// packageDoc makes the package comment, which Go wants to begin with "Package".
func packageDoc(pkg *ir.Package) Doc {
	if pkg.Doc == "" {
		return ""
	}
	return docOf("Package "+pkg.Name, "", pkg.Doc, "")
}

// models returns the constants of the models and the package's description.
func (b *builder) models() *Models {
	models := &SliceValue{Elem: l0Type("Model"), Lines: true}
	out := &Models{Var: b.names.spec}
	for _, m := range b.pkg.Models {
		name := b.names.models[m]
		models.Items = append(models.Items, b.names.modelValue(m))
		out.Names = append(out.Names, ModelName{Name: name, Value: m.Name})
	}
	spec := literal(runtimePath, "Package")
	spec.set("Name", StringValue(b.pkg.Name))
	if len(models.Items) > 0 {
		spec.set("Models", models)
	}
	out.Package = spec
	return out
}

func (b *builder) method(p *ir.Prompt) Method {
	return Method{
		Name:   b.names.methods[p],
		Input:  basic(b.names.methods[p] + "Input"),
		Output: b.outputType(p),
	}
}

func (b *builder) outputType(p *ir.Prompt) *GoType {
	if p.Output == nil {
		return basic("string")
	}
	return b.names.elemType(p.Output)
}

// promptDecls returns what stands in a prompt's file.
func (b *builder) promptDecls(p *ir.Prompt) []Decl {
	name := b.names.methods[p]
	decl := &Prompt{
		Method:      b.method(p),
		Doc:         b.promptDoc(p),
		InputStruct: b.inputStruct(p),
		Var:         b.names.vars[p].function,
		Render:      planRender(p, b.names),
	}
	decl.Function = b.function(p, decl)
	decls := []Decl{decl}
	types := typeDecls{names: b.names, done: b.done}
	for _, f := range p.Inputs {
		types.inside(f.Type, "is the type of ["+name+"Input."+b.names.fields[f]+"].")
	}
	if p.Output != nil {
		types.inside(p.Output, "is what [Client."+name+"] returns.")
	}
	return append(decls, types.decls...)
}

func (b *builder) promptDoc(p *ir.Prompt) Doc {
	name := b.names.methods[p]
	fallback := name + " calls the prompt of that name."
	if name != p.Name {
		fallback = name + " calls the prompt " + p.Name + "."
	}
	return docOf(name, p.Name, p.Doc, fallback)
}

func (b *builder) inputStruct(p *ir.Prompt) *Struct {
	name := b.names.methods[p]
	return &Struct{
		Doc:    Doc(name + "Input is what [Client." + name + "] takes."),
		Name:   name + "Input",
		Fields: b.names.structFields(p.Inputs),
	}
}

// function returns the value that describes a prompt to the runtime, and adds
// the schemas that it needs to the prompt's declarations.
func (b *builder) function(p *ir.Prompt, decl *Prompt) *StructValue {
	vars := b.names.vars[p]
	out := literal(runtimePath, "Function")
	out.TypeArgs = []*GoType{decl.Input, decl.Output}
	out.set("Name", StringValue(p.Name))
	if p.Version != 0 {
		out.set("Version", IntValue(p.Version))
	}
	out.setText("Hash", b.env.Hashes[p.Name])
	models := &SliceValue{Elem: l0Type("ModelName")}
	for _, m := range p.Models {
		models.Items = append(models.Items, NameValue{Name: b.names.models[m]})
	}
	out.set("Models", models)
	out.set("Render", NameValue{Name: vars.render})
	if inputSaysMore(p) {
		decl.Schemas = append(decl.Schemas, Const{Name: vars.inputSchema, Value: inputSchemaText(p)})
		out.set("InputSchema", NameValue{Name: vars.inputSchema})
	}
	if p.Output != nil {
		out.set("Schema", NameValue{Name: b.outputSchema(p, decl)})
	}
	if policy := policyValue(p.Policy); policy != nil {
		out.set("Policy", policy)
	}
	return out
}

// outputSchema returns the constant of an output's schema: that of a declared
// type where the output is nothing else.
func (b *builder) outputSchema(p *ir.Prompt, decl *Prompt) string {
	if p.Output.Kind == ir.Ref && isPlainRef(p.Output) && p.Output.Named != nil {
		return b.names.schemas[p.Output.Named]
	}
	name := b.names.vars[p].outputSchema
	decl.Schemas = append(decl.Schemas, Const{Name: name, Value: schemaText(p.Output)})
	return name
}

// fakeFile returns the file of the fake client, nil when there can be none.
func (b *builder) fakeFile(out *Package) *File {
	switch {
	case b.pkg.Name == "main":
		return nil // cannot be imported
	case b.env.ImportPath == "":
		b.rep.WarnAt(diag.GoModMissing, b.pkg.Dir, "no fake client is written, because the import path of the package is unknown").
			Hint("run \"go mod init\" in the root of your module")
		return nil
	}
	dir := b.pkg.Name + "test"
	out.Imports = append(out.Imports, fakedImport(b.pkg.Name, b.env.ImportPath, out.Imports))
	fake := &Fake{
		Path: b.env.ImportPath,
		Doc: "Fake is a [" + Doc(out.Imports[len(out.Imports)-1].Name) + ".Caller] that answers with the funcs that it holds. The stream methods " +
			"derive from them; a nil func answers with [l0.ErrNotFaked].",
	}
	for _, p := range b.pkg.Prompts {
		m := b.method(p)
		m.Input, m.Output = qualify(m.Input, b.env.ImportPath), qualify(m.Output, b.env.ImportPath)
		fake.Methods = append(fake.Methods, FakeMethod{Method: m, Prompt: p.Name})
	}
	f := b.file(dir+"/fake"+extension, b.pkg.Sources, fake)
	f.Package, f.ImportPath = dir, b.env.ImportPath+"/"+dir
	f.Doc = Doc("Package " + dir + " holds a fake of package " + b.pkg.Name + ", for tests of code that calls it.")
	return f
}

// fakedImport says how the fake imports the package that it fakes. Its name
// must hide nothing that the fake needs, and nothing in the fake may hide it.
func fakedImport(name, importPath string, others []Import) Import {
	imp := Import{Path: importPath, Name: name, Alias: path.Base(importPath) != name}
	taken := slices.ContainsFunc(others, func(o Import) bool { return o.Name == name })
	if taken || isPredeclared(name) || slices.Contains([]string{"f", "ctx", "in", "opts"}, name) {
		imp.Name, imp.Alias = "gen"+name, true
	}
	return imp
}

// qualify returns a type as another package writes it.
func qualify(t *GoType, importPath string) *GoType {
	if t == nil {
		return nil
	}
	out := *t
	out.Elem = qualify(t.Elem, importPath)
	if out.Form == NamedType && out.Path == "" && !isPredeclared(out.Name) {
		out.Path = importPath
	}
	return &out
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

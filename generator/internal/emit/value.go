package emit

import (
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// value prints a value that is known when code is generated.
func value(v plan.Value) *jen.Statement {
	switch v := v.(type) {
	case plan.StringValue:
		return text(string(v))
	case plan.IntValue:
		return jen.Op(strconv.FormatInt(int64(v), 10))
	case plan.FloatValue:
		return jen.Op(strconv.FormatFloat(float64(v), 'g', -1, 64))
	case plan.BoolValue:
		return jen.Lit(bool(v))
	case plan.DurationValue:
		return duration(time.Duration(v))
	case plan.NameValue:
		return name(v.Path, v.Name)
	case *plan.SliceValue:
		return sliceValue(v)
	case *plan.StructValue:
		return structValue(v)
	}
	return jen.Null()
}

// sliceValue prints a slice:
//
//	[]l0.ModelName{ModelFast, ModelStrong}
//
//	[]guard.Rule{
//		{Kind: guard.KindPhrases},
//	}
func sliceValue(v *plan.SliceValue) *jen.Statement {
	items := make([]jen.Code, len(v.Items))
	for i, item := range v.Items {
		if s, ok := item.(*plan.StructValue); ok {
			items[i] = fields(s)
			continue
		}
		items[i] = value(item)
	}
	list := jen.Index().Add(goType(v.Elem))
	if v.Lines {
		return list.Custom(lines(), items...)
	}
	return list.Values(items...)
}

// structValue prints a struct:
//
//	l0.Timeouts{
//		Total: 2 * time.Minute,
//	}
func structValue(v *plan.StructValue) *jen.Statement {
	out := goType(v.Type)
	if len(v.TypeArgs) > 0 {
		args := make([]jen.Code, len(v.TypeArgs))
		for i, arg := range v.TypeArgs {
			args[i] = goType(arg)
		}
		out.Types(args...)
	}
	return out.Add(fields(v))
}

// fields prints what a struct literal has between its braces, on one line if
// it is a single short value.
func fields(v *plan.StructValue) *jen.Statement {
	items := make([]jen.Code, len(v.Fields))
	for i, f := range v.Fields {
		items[i] = jen.Id(f.Name).Op(":").Add(value(f.Value))
	}
	if len(items) == 1 && isShort(v.Fields[0].Value) {
		return jen.Values(items...)
	}
	return jen.Custom(lines(), items...)
}

func isShort(v plan.Value) bool {
	switch v.(type) {
	case *plan.SliceValue, *plan.StructValue, plan.StringValue:
		return false
	}
	return true
}

// lines lays out the items of a composite literal, one on a line. jennifer's
// own Dict would sort them.
func lines() jen.Options { return jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true} }

// duration prints a duration in the largest unit that divides it:
//
//	3 * time.Second
//	time.Minute
func duration(d time.Duration) *jen.Statement {
	unit, id := time.Nanosecond, "Nanosecond"
	switch {
	case d%time.Hour == 0:
		unit, id = time.Hour, "Hour"
	case d%time.Minute == 0:
		unit, id = time.Minute, "Minute"
	case d%time.Second == 0:
		unit, id = time.Second, "Second"
	case d%time.Millisecond == 0:
		unit, id = time.Millisecond, "Millisecond"
	case d%time.Microsecond == 0:
		unit, id = time.Microsecond, "Microsecond"
	}
	if d == unit {
		return jen.Qual("time", id)
	}
	return jen.Op(strconv.FormatInt(int64(d/unit), 10)).Op("*").Qual("time", id)
}

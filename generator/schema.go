package generator

import "github.com/l0gen/l0gen/schemas"

func specSchema() []byte { return schemas.Spec }

package main

import (
	"github.com/spf13/cobra"

	"github.com/l0gen/l0gen/generator"
)

const schemaLong = `Schema prints the JSON Schema of the spec format, with which an editor
completes and checks specs.`

const schemaExample = `  l0gen schema > l0gen.schema.json

  # In a spec:
  # yaml-language-server: $schema=l0gen.schema.json`

func newSchema(s streams) *cobra.Command {
	return &cobra.Command{
		Use:                   "schema",
		Short:                 "Print the JSON Schema of the spec format",
		Long:                  schemaLong,
		Example:               schemaExample,
		Args:                  noArgs,
		DisableFlagsInUseLine: true,
		RunE: func(*cobra.Command, []string) error {
			_, err := s.out.Write(generator.SpecSchema())
			return err
		},
	}
}

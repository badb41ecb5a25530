package humanrail

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// SchemaOf gives the JSON Schema of a Go type, which [Ask] sends for its type parameter.
//
// A struct is an object: names, and what may be left out, follow the `json` tags (omitempty, or a
// pointer). The form that a worker fills in is made from it, in the order of the fields; a `jsonschema`
// tag says more of a field:
//
//	type Review struct {
//		Verdict string `json:"verdict" jsonschema:"enum=genuine,enum=ai_generated,title=Verdict"`
//		Notes   string `json:"notes,omitempty" jsonschema:"description=What speaks for it\\, in short"`
//		Score   int    `json:"score" jsonschema:"minimum=0,maximum=10"`
//	}
//
// It knows enum (once for each value), title, description, format, pattern, minimum, maximum,
// minLength, maxLength, minItems and maxItems; a comma inside a value is written \\,.
func SchemaOf[T any]() (json.RawMessage, error) {
	schema, err := schemaOf(reflect.TypeFor[T](), nil)
	if err != nil {
		return nil, err
	}
	return marshal(schema)
}

// schemaObject is a JSON object that keeps its members in order.
type schemaObject []schemaMember

type schemaMember struct {
	name  string
	value any
}

func (o *schemaObject) set(name string, value any) {
	*o = append(*o, schemaMember{name, value})
}

// MarshalJSON writes the members in their order.
func (o schemaObject) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	err := writeMembers(&out, '{', '}', len(o), func(i int) error {
		writeCanonicalString(&out, o[i].name)
		out.WriteByte(':')
		text, err := marshal(o[i].value)
		out.Write(text)
		return err
	})
	return out.Bytes(), err
}

var (
	timeType            = reflect.TypeFor[time.Time]()
	numberType          = reflect.TypeFor[json.Number]()
	unmarshalerType     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// schemaOf describes a type; `around` are the structs it stands in.
func schemaOf(t reflect.Type, around []reflect.Type) (schemaObject, error) {
	switch {
	case t == timeType:
		return schemaObject{{"type", "string"}, {"format", "date-time"}}, nil
	case t == numberType:
		return schemaObject{{"type", "number"}}, nil
	case reflect.PointerTo(t).Implements(unmarshalerType):
		return schemaObject{}, nil
	case reflect.PointerTo(t).Implements(textUnmarshalerType):
		return schemaObject{{"type", "string"}}, nil
	}
	switch t.Kind() {
	case reflect.Bool:
		return schemaObject{{"type", "boolean"}}, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return schemaObject{{"type", "integer"}}, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return schemaObject{{"type", "integer"}, {"minimum", 0}}, nil
	case reflect.Float32, reflect.Float64:
		return schemaObject{{"type", "number"}}, nil
	case reflect.String:
		return schemaObject{{"type", "string"}}, nil
	case reflect.Pointer:
		return schemaOf(t.Elem(), around)
	case reflect.Slice, reflect.Array:
		return listSchema(t, around)
	case reflect.Map:
		return mapSchema(t, around)
	case reflect.Struct:
		return structSchema(t, around)
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return schemaObject{}, nil
		}
	}
	return nil, schemaFault(t, "JSON has nothing for it")
}

func listSchema(t reflect.Type, around []reflect.Type) (schemaObject, error) {
	if t.Elem().Kind() == reflect.Uint8 {
		return nil, schemaFault(t, "bytes are no JSON; use a string")
	}
	items, err := schemaOf(t.Elem(), around)
	return schemaObject{{"type", "array"}, {"items", items}}, err
}

func mapSchema(t reflect.Type, around []reflect.Type) (schemaObject, error) {
	if t.Key().Kind() != reflect.String {
		return nil, schemaFault(t, "the names of a JSON object are strings")
	}
	values, err := schemaOf(t.Elem(), around)
	return schemaObject{{"type", "object"}, {"additionalProperties", values}}, err
}

func structSchema(t reflect.Type, around []reflect.Type) (schemaObject, error) {
	for _, outer := range around {
		if outer == t {
			return nil, schemaFault(t, "it contains itself")
		}
	}
	required, properties := []string{}, schemaObject{}
	if err := addFields(t, append(around[:len(around):len(around)], t), &required, &properties); err != nil {
		return nil, err
	}
	if len(properties) == 0 {
		return nil, schemaFault(t, "it has no exported fields")
	}
	schema := schemaObject{{"type", "object"}}
	if len(required) > 0 {
		schema.set("required", required)
	}
	schema.set("properties", properties)
	return schema, nil
}

func addFields(t reflect.Type, around []reflect.Type, required *[]string, properties *schemaObject) error {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if field.Anonymous && name == "" && inner.Kind() == reflect.Struct && inner != timeType {
			if err := addFields(inner, around, required, properties); err != nil {
				return err
			}
			continue
		}
		if !field.IsExported() || field.Tag.Get("json") == "-" {
			continue
		}
		if name == "" {
			name = field.Name
		}
		schema, err := schemaOf(field.Type, around)
		if err == nil {
			err = applyTag(field, &schema)
		}
		if err != nil {
			return err
		}
		properties.set(name, schema)
		optional := strings.Contains(","+options+",", ",omitempty,") || strings.Contains(","+options+",", ",omitzero,")
		if !optional && field.Type.Kind() != reflect.Pointer {
			*required = append(*required, name)
		}
	}
	return nil
}

// applyTag adds what the field's `jsonschema` tag says.
func applyTag(field reflect.StructField, schema *schemaObject) error {
	tag := field.Tag.Get("jsonschema")
	if tag == "" {
		return nil
	}
	var values []any
	for _, part := range splitTag(tag) {
		keyword, text, found := strings.Cut(part, "=")
		if !found {
			return tagFault(field, part)
		}
		switch keyword {
		case "enum":
			value, err := enumValue(field.Type, text)
			if err != nil {
				return tagFault(field, part)
			}
			values = append(values, value)
		case "title", "description", "format", "pattern":
			schema.set(keyword, text)
		case "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems":
			if _, err := strconv.ParseFloat(text, 64); err != nil {
				return tagFault(field, part)
			}
			schema.set(keyword, json.Number(text))
		default:
			return tagFault(field, part)
		}
	}
	if len(values) > 0 {
		schema.set("enum", values)
	}
	return nil
}

// splitTag parts at commas, but at none with a backslash before it.
func splitTag(tag string) []string {
	const comma = "\x00"
	parts := strings.Split(strings.ReplaceAll(tag, `\,`, comma), ",")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(strings.TrimSpace(part), comma, ",")
	}
	return parts
}

func enumValue(t reflect.Type, text string) (any, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.String {
		return text, nil
	}
	_, err := strconv.ParseFloat(text, 64)
	return json.Number(text), err
}

func tagFault(field reflect.StructField, part string) error {
	return &Error{Message: fmt.Sprintf("The jsonschema tag of %s says %q, which is not understood; SchemaOf tells what it may say.", field.Name, part)}
}

func schemaFault(t reflect.Type, why string) error {
	return &Error{Message: fmt.Sprintf("No JSON Schema can be made of %s: %s. Use another type, or give the schema by WithSchema.", t, why)}
}

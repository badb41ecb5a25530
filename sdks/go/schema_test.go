package humanrail

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

type verdict string

type author struct {
	Name string `json:"name"`
}

type review struct {
	author
	Verdict verdict         `json:"verdict" jsonschema:"enum=genuine,enum=ai_generated,title=Verdict"`
	Score   int             `json:"score" jsonschema:"minimum=0,maximum=10,enum=1,enum=2"`
	Notes   string          `json:"notes,omitempty" jsonschema:"description=What speaks for it\\, in short,maxLength=200"`
	At      *time.Time      `json:"at"`
	Tags    []string        `json:"tags" jsonschema:"minItems=1"`
	Counts  map[string]uint `json:"counts"`
	Where   struct{ X, Y float64 }
	Any     any             `json:"any"`
	Raw     json.RawMessage `json:"raw"`
	Hidden  string          `json:"-"`
	private string
}

func TestSchemaOf(t *testing.T) {
	got, err := SchemaOf[review]()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		`{"type":"object","required":["name","verdict","score","tags","counts","Where","any","raw"],"properties":{`,
		`"name":{"type":"string"},`,
		`"verdict":{"type":"string","title":"Verdict","enum":["genuine","ai_generated"]},`,
		`"score":{"type":"integer","minimum":0,"maximum":10,"enum":[1,2]},`,
		`"notes":{"type":"string","description":"What speaks for it, in short","maxLength":200},`,
		`"at":{"type":"string","format":"date-time"},`,
		`"tags":{"type":"array","items":{"type":"string"},"minItems":1},`,
		`"counts":{"type":"object","additionalProperties":{"type":"integer","minimum":0}},`,
		`"Where":{"type":"object","required":["X","Y"],"properties":{"X":{"type":"number"},"Y":{"type":"number"}}},`,
		`"any":{},"raw":{}}}`,
	}, "")
	if string(got) != want {
		t.Errorf("%s\n%s", got, want)
	}
}

func TestSchemaOfRefusesInWords(t *testing.T) {
	schema := func(_ json.RawMessage, err error) error { return err }
	for name, one := range map[string]struct {
		err  error
		says string
	}{
		"a keyword it does not know": {schema(SchemaOf[struct {
			A string `jsonschema:"colour=red"`
		}]()), `"colour=red"`},
		"a bound that is no number": {schema(SchemaOf[struct {
			A int `jsonschema:"minimum=low"`
		}]()), `"minimum=low"`},
		"bytes":                  {schema(SchemaOf[[]byte]()), "use a string"},
		"names that are no text": {schema(SchemaOf[map[int]string]()), "names of a JSON object"},
		"an empty struct":        {schema(SchemaOf[struct{ private int }]()), "no exported fields"},
		"an interface":           {schema(SchemaOf[error]()), "JSON has nothing for it"},
	} {
		t.Run(name, func(t *testing.T) {
			if className(one.err) != "HumanRailError" || !strings.Contains(one.err.Error(), one.says) {
				t.Errorf("%v", one.err)
			}
		})
	}
}

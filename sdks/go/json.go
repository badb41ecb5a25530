package humanrail

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// marshal writes JSON without the escapes that HTML needs; unsupported values give a readable error.
func marshal(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, marshalFault(err)
	}
	return bytes.TrimRight(buffer.Bytes(), "\n"), nil
}

func marshalFault(err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	var unsupported *json.UnsupportedValueError
	if errors.As(err, &unsupported) && unsupported.Value.CanFloat() {
		if f := unsupported.Value.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return &Error{Message: fmt.Sprintf("JSON has no number %v; send it as a text, or leave it out.", f), cause: err}
		}
	}
	var unsupportedType *json.UnsupportedTypeError
	if errors.As(err, &unsupportedType) {
		return &Error{Message: fmt.Sprintf("JSON has nothing for a %s; send plain data.", unsupportedType.Type), cause: err}
	}
	return &Error{Message: fmt.Sprintf("This cannot be written as JSON: %s.", err), cause: err}
}

// marshalWithExtra writes a request's fields and, over them, those that callers added.
func marshalWithExtra(fields any, extra map[string]any) ([]byte, error) {
	written, err := marshal(fields)
	if err != nil || len(extra) == 0 {
		return written, err
	}
	merged := map[string]json.RawMessage{}
	if err := json.Unmarshal(written, &merged); err != nil {
		return nil, err
	}
	for name, value := range extra {
		if merged[name], err = marshal(value); err != nil {
			return nil, err
		}
	}
	return marshal(merged)
}

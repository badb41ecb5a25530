package humanrail

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
)

// canonicalJSON writes a value as RFC 8785 says, so that it reads the same in every language. An integer
// that readers of JSON change, such as one beyond 2^53, is refused.
func canonicalJSON(value any) ([]byte, error) {
	text, err := marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return nil, marshalFault(err)
	}
	var out bytes.Buffer
	if err := writeCanonical(&out, plain); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func writeCanonical(out *bytes.Buffer, value any) error {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case string:
		writeCanonicalString(out, v)
	case json.Number:
		text, err := canonicalNumber(v)
		out.WriteString(text)
		return err
	case []any:
		return writeMembers(out, '[', ']', len(v), func(i int) error { return writeCanonical(out, v[i]) })
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Slice(keys, func(i, j int) bool { return lessUTF16(keys[i], keys[j]) })
		return writeMembers(out, '{', '}', len(keys), func(i int) error {
			writeCanonicalString(out, keys[i])
			out.WriteByte(':')
			return writeCanonical(out, v[keys[i]])
		})
	}
	return nil
}

func writeMembers(out *bytes.Buffer, open, end byte, count int, write func(i int) error) error {
	out.WriteByte(open)
	for i := range count {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := write(i); err != nil {
			return err
		}
	}
	out.WriteByte(end)
	return nil
}

// lessUTF16 compares as RFC 8785 does, by UTF-16 code units.
func lessUTF16(a, b string) bool {
	left, right := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
	for i := 0; i < len(left) && i < len(right); i++ {
		if left[i] != right[i] {
			return left[i] < right[i]
		}
	}
	return len(left) < len(right)
}

var shortEscapes = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func writeCanonicalString(out *bytes.Buffer, text string) {
	out.WriteByte('"')
	for _, r := range text {
		if escape, ok := shortEscapes[r]; ok {
			out.WriteString(escape)
		} else if r < 0x20 {
			fmt.Fprintf(out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
}

// canonicalNumber writes a number as ECMAScript does: the shortest digits that give the same double.
func canonicalNumber(number json.Number) (string, error) {
	literal := number.String()
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil || math.IsInf(f, 0) {
		return "", &Error{Message: fmt.Sprintf("The number %s is too large for JSON's readers; send it as a text.", literal)}
	}
	if f == 0 {
		return "0", nil
	}
	text := ecmaScriptNumber(f)
	if !strings.ContainsAny(literal, ".eE") && !sameInteger(literal, text) {
		return "", &Error{Message: fmt.Sprintf("The integer %s is beyond 2^53, so that JSON's readers would change it; send it as a text.", literal)}
	}
	return text, nil
}

func sameInteger(literal, written string) bool {
	given, ok := new(big.Int).SetString(literal, 10)
	if !ok {
		return false
	}
	read, ok := new(big.Rat).SetString(written)
	return ok && read.IsInt() && read.Num().Cmp(given) == 0
}

func ecmaScriptNumber(f float64) string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	mantissa, exponentText, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	digits := strings.Replace(mantissa, ".", "", 1)
	exponent, _ := strconv.Atoi(exponentText)
	// The decimal point stands after this many digits.
	point := exponent + 1
	switch {
	case point > 21 || point < -5:
		text := digits[:1]
		if len(digits) > 1 {
			text += "." + digits[1:]
		}
		return fmt.Sprintf("%s%se%+d", sign, text, exponent)
	case point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return sign + digits + strings.Repeat("0", point-len(digits))
	}
	return sign + digits[:point] + "." + digits[point:]
}

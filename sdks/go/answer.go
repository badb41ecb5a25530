package humanrail

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// check turns every answer but a success into its error.
func (p *prepared) check(response *http.Response) error {
	status := response.StatusCode
	if status >= 200 && status < 300 {
		return nil
	}
	if status >= 300 && status < 400 {
		target := response.Header.Get("Location")
		if target == "" {
			target = "another address"
		}
		return &Error{
			Message:   fmt.Sprintf("%s %s was redirected to %s; the API never redirects, so check the base URL.", p.method, p.path, target),
			Status:    status,
			RequestID: response.Header.Get("X-Request-Id"),
		}
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	return errorFromAnswer(response, body, p.settings.clock.now())
}

func readJSON(response *http.Response, c call, result any) error {
	body, err := io.ReadAll(response.Body)
	if err != nil || len(body) == 0 || result == nil {
		return err
	}
	if err := json.Unmarshal(body, result); err != nil {
		message := fmt.Sprintf("The answer to %s %s is not what this version expects: %s.", c.method, c.path, err)
		if !json.Valid(body) {
			message = fmt.Sprintf("%s %s was answered with %s instead of JSON; check the base URL.", c.method, c.path, contentType(response))
		}
		return &Error{Message: message, Status: response.StatusCode, RequestID: response.Header.Get("X-Request-Id"), cause: err}
	}
	return nil
}

// errorFromAnswer is the error that an answer stands for; a proxy's may be no JSON at all.
func errorFromAnswer(response *http.Response, body []byte, now time.Time) error {
	e := &Error{
		Status:     response.StatusCode,
		RequestID:  response.Header.Get("X-Request-Id"),
		RetryAfter: parseRetryAfter(response.Header.Get("Retry-After"), now),
	}
	var answer any
	if err := json.Unmarshal(body, &answer); err != nil && len(body) > 0 {
		e.Message = fmt.Sprintf("The API's address answered %d with %s instead of JSON; check the base URL, and the proxy in between.", e.Status, contentType(response))
	} else {
		e.Message = fmt.Sprintf("The API answered %d without saying why.", e.Status)
	}
	envelope, _ := answer.(map[string]any)
	facts, _ := envelope["error"].(map[string]any)
	for field, target := range map[string]*string{
		"message": &e.Message, "type": &e.Type, "code": &e.Code, "param": &e.Param, "doc_url": &e.DocURL,
	} {
		if text, ok := facts[field].(string); ok {
			*target = text
		}
	}
	e.Details = facts["details"]
	if id, ok := envelope["request_id"].(string); ok {
		e.RequestID = id
	}
	return typedError(e)
}

func contentType(response *http.Response) string {
	if found := response.Header.Get("Content-Type"); found != "" {
		return found
	}
	return "no content type"
}

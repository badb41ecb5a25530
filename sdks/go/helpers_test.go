package humanrail

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"
)

// fakeClock goes forward by what is slept, at once.
type fakeClock struct {
	mutex  sync.Mutex
	time   time.Time
	sleeps []time.Duration
}

func newFakeClock() *fakeClock {
	return &fakeClock{time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func (c *fakeClock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.time
}

func (c *fakeClock) random() float64 { return 0 }

func (c *fakeClock) sleep(ctx context.Context, delay time.Duration) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.time = c.time.Add(delay)
	c.sleeps = append(c.sleeps, delay)
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	return nil
}

func withClock(c clock) Option {
	return func(s *settings) { s.clock = c }
}

// seenRequest is a request as it came over the wire.
type seenRequest struct {
	method, path string
	query        url.Values
	header       http.Header
	body         any
}

type answer func(w http.ResponseWriter, r *http.Request)

// apiServer plays the API's part: it gives the answers in turn, the last one for good.
type apiServer struct {
	*httptest.Server
	mutex    sync.Mutex
	answers  []answer
	requests []seenRequest
}

func newServer(t *testing.T, answers ...answer) *apiServer {
	t.Helper()
	server := &apiServer{answers: answers}
	server.Server = httptest.NewServer(http.HandlerFunc(server.handle))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server
}

func (s *apiServer) handle(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	seen := seenRequest{method: r.Method, path: r.URL.EscapedPath(), query: r.URL.Query(), header: r.Header}
	if len(text) > 0 {
		_ = json.Unmarshal(text, &seen.body)
	}
	s.mutex.Lock()
	index := min(len(s.requests), len(s.answers)-1)
	s.requests = append(s.requests, seen)
	s.mutex.Unlock()
	s.answers[index](w, r)
}

func (s *apiServer) seen() []seenRequest {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]seenRequest(nil), s.requests...)
}

// client calls the server, with a clock that never sleeps.
func (s *apiServer) client(options ...Option) *Client {
	all := append([]Option{WithBaseURL(s.URL + "/v1"), withClock(newFakeClock())}, options...)
	return NewClient("ek_test_key", all...)
}

// reply answers with JSON, or with text where body is a string.
func reply(status int, body any, headers ...string) answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		text, isText := body.(string)
		if !isText {
			written, err := json.Marshal(body)
			if err != nil {
				panic(err)
			}
			text = string(written)
		}
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		if status != http.StatusNoContent {
			_, _ = io.WriteString(w, text)
		}
	}
}

// reset breaks the connection off without an answer.
func reset(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func taskAnswer(id string, status TaskStatus, output any) answer {
	return reply(200, map[string]any{"id": id, "status": status, "output": output})
}

func refusal(status int, message string) answer {
	return reply(status, map[string]any{"error": map[string]any{"message": message}})
}

// conformanceCases reads one of the files that all SDKs share.
func conformanceCases[T any](t *testing.T, name string) T {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "conformance", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases T
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// plain is a value as JSON has it, with times in one spelling.
func plain(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var result any
	if err := json.Unmarshal(text, &result); err != nil {
		t.Fatal(err)
	}
	return oneSpelling(result)
}

func oneSpelling(value any) any {
	switch v := value.(type) {
	case string:
		if moment, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return moment.UTC().Format(time.RFC3339Nano)
		}
	case []any:
		for i := range v {
			v[i] = oneSpelling(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = oneSpelling(v[key])
		}
	}
	return value
}

// lacking tells what of `want` is not in `got`; empty where all of it is.
func lacking(path string, want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Sprintf("%s is %v, not an object", path, got)
		}
		for key, inner := range w {
			found, there := g[key]
			if !there {
				return fmt.Sprintf("%s.%s is missing", path, key)
			}
			if fault := lacking(path+"."+key, inner, found); fault != "" {
				return fault
			}
		}
		return ""
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Sprintf("%s is %v, not %v", path, got, want)
		}
		for i := range w {
			if fault := lacking(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); fault != "" {
				return fault
			}
		}
		return ""
	}
	if !reflect.DeepEqual(want, got) {
		return fmt.Sprintf("%s is %v, not %v", path, got, want)
	}
	return ""
}

// hang answers nothing until the caller has gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

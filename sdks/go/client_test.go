package humanrail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestSettingsFromTheEnvironment(t *testing.T) {
	server := newServer(t, reply(200, map[string]any{"available_sats": 5}))
	t.Setenv("HUMANRAIL_API_KEY", "ek_test_env")
	t.Setenv("HUMANRAIL_BASE_URL", server.URL+"/v1/")
	for _, key := range []string{"", "ek_live_...", "ek_test_..."} {
		balance, err := NewClient(key).Balance.Get(ctx)
		if err != nil || balance.AvailableSats != 5 {
			t.Fatal(balance, err)
		}
	}
	if _, err := NewClient("ek_test_given").Balance.Get(ctx); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"ek_test_env", "ek_test_env", "ek_test_env", "ek_test_given"} {
		if got := server.seen()[i].header.Get("Authorization"); got != "Bearer "+want {
			t.Errorf("%d: %s", i, got)
		}
	}
}

func TestSettingsAtFault(t *testing.T) {
	t.Setenv("HUMANRAIL_API_KEY", "")
	t.Setenv("HUMANRAIL_BASE_URL", "")
	const key = "ek_test_key"
	for name, one := range map[string]struct {
		client *Client
		says   string
	}{
		"no key":              {NewClient(""), "HUMANRAIL_API_KEY"},
		"the placeholder":     {NewClient("ek_live_..."), `Replace "ek_live_..."`},
		"a key with a break":  {NewClient("ek_live_\nx"), "copy it again"},
		"a URL without http":  {NewClient(key, WithBaseURL("localhost:3000")), "is no URL"},
		"another protocol":    {NewClient(key, WithBaseURL("ftp://x")), "must begin with https://"},
		"a password":          {NewClient(key, WithBaseURL("http://me:hush@x")), "holds a user name"},
		"FTP with a password": {NewClient(key, WithBaseURL("ftp://me:hush@x")), "ftp://…@x"},
		"no URL but password": {NewClient(key, WithBaseURL("http://me:hush@a b")), "http://…@a b"},
		"a URL without host":  {NewClient(key, WithBaseURL("http:///v1")), "names no host"},
		"negative retries":    {NewClient(key, WithMaxRetries(-1)), "from 0"},
		"no time at all":      {NewClient(key, WithTimeout(0)), "above 0"},
		"no HTTP client":      {NewClient(key, WithHTTPClient(nil)), "WithHTTPClient"},
		"no such environment": {NewClient("ek_test_..."), "HUMANRAIL_API_KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := one.client.Balance.Get(ctx)
			var fault *ConfigurationError
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), one.says) || strings.Contains(err.Error(), "hush") {
				t.Errorf("%T: %v", err, err)
			}
			if err := one.client.Tasks.StreamEvents(ctx, "1", nil).Err(); err != nil {
				t.Errorf("before its first event: %v", err)
			}
			if _, err := Ask[bool](ctx, one.client, "Well?"); !errors.As(err, &fault) {
				t.Errorf("ask: %v", err)
			}
		})
	}
}

func TestBaseURLs(t *testing.T) {
	t.Setenv("HUMANRAIL_BASE_URL", "")
	for given, want := range map[string]string{
		"":                               "https://api.humanrail.dev/v1",
		"http://localhost:3000":          "http://localhost:3000/v1",
		"http://localhost:3000/":         "http://localhost:3000/v1",
		"http://localhost:3000/v1//":     "http://localhost:3000/v1",
		"https://proxy.example/human/v1": "https://proxy.example/human/v1",
		" https://proxy.example ":        "https://proxy.example/v1",
	} {
		if got, err := NewClient("ek_test_x", WithBaseURL(given)).BaseURL(); err != nil || got != want {
			t.Errorf("%q is read as %q, %v", given, got, err)
		}
	}
}

func TestPrintingShowsNoKey(t *testing.T) {
	client := NewClient("ek_live_secret", WithBaseURL("http://127.0.0.1:1"), WithMaxRetries(0))
	serialised, _ := json.Marshal(client)
	_, err := client.Balance.Get(ctx)
	for _, text := range []string{
		fmt.Sprintf("%v %+v %#v %s", client, client, client, client),
		fmt.Sprintf("%+v %#v", *client, *client),
		fmt.Sprintf("%+v %#v", client.Tasks, *client.Tasks),
		fmt.Sprintf("%+v %#v", client.transport, *client.transport),
		string(serialised), fmt.Sprintf("%+v", err),
	} {
		if strings.Contains(text, "ek_live_secret") {
			t.Error(text)
		}
	}
}

func TestIdempotencyKeysOfCalls(t *testing.T) {
	server := newServer(t, reply(201, map[string]any{"id": "1"}))
	client := server.client(WithIdempotencyNamespace("shop"))
	for range 2 {
		if _, err := client.Tasks.Create(ctx, &CreateTaskRequest{Type: "t"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := client.Webhooks.Rotate(ctx, "1", WithIdempotencyKey("mine")); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, request := range server.seen() {
		keys = append(keys, request.header.Get("Idempotency-Key"))
	}
	random := regexp.MustCompile(`^shop:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if !random.MatchString(keys[0]) || !random.MatchString(keys[1]) || keys[0] == keys[1] || keys[2] != "mine" {
		t.Errorf("%q", keys)
	}
	if got, err := client.IdempotencyKey("a", "b"); err != nil || got != IdempotencyKey("shop", "a", "b") {
		t.Error(got, err)
	}
	var fault *ConfigurationError
	if _, err := server.client().IdempotencyKey("a"); !errors.As(err, &fault) {
		t.Error(err)
	}
	if _, err := client.Webhooks.Rotate(ctx, "1", WithIdempotencyKey("ключ")); err == nil || !strings.Contains(err.Error(), "printable ASCII") {
		t.Error(err)
	}
}

func TestErrorsOfTheWay(t *testing.T) {
	_, err := NewClient("ek_test_x", WithBaseURL("http://127.0.0.1:1/v1"), WithMaxRetries(0)).Balance.Get(ctx)
	var connection *ConnectionError
	if !errors.As(err, &connection) || !strings.Contains(err.Error(), "http://127.0.0.1:1/v1/balance") {
		t.Errorf("no server: %T: %v", err, err)
	}
	proxy := func(*http.Request) (*url.URL, error) {
		return nil, errors.New(`invalid proxy address "http://me:hush@proxy"`)
	}
	behind := &http.Client{Transport: &http.Transport{Proxy: proxy}}
	_, err = NewClient("ek_test_x", WithBaseURL("http://127.0.0.1:1"), WithMaxRetries(0), WithHTTPClient(behind)).Balance.Get(ctx)
	if !errors.As(err, &connection) || !strings.Contains(err.Error(), "http://…@proxy") || strings.Contains(err.Error(), "hush") {
		t.Errorf("no proxy: %v", err)
	}
	half := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"available_`)
		_ = http.NewResponseController(w).Flush()
		hang(w, r)
	}
	for name, one := range map[string]answer{"no answer": hang, "half an answer": half} {
		_, err := newServer(t, one).client(WithTimeout(100*time.Millisecond), WithMaxRetries(0)).Balance.Get(ctx)
		var timeout *TimeoutError
		if !errors.As(err, &timeout) || !timeout.Timeout() || !errors.As(err, &connection) {
			t.Errorf("%s: %T: %v", name, err, err)
		}
	}
}

func TestTheCallerEndsACall(t *testing.T) {
	reason := errors.New("enough")
	own, cancel := context.WithCancelCause(ctx)
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		cancel(reason)
		hang(w, r)
	})
	for range 2 {
		_, err := server.client().Balance.Get(own)
		if !errors.Is(err, context.Canceled) || !errors.Is(err, reason) {
			t.Errorf("%v", err)
		}
	}
	if got := len(server.seen()); got != 1 {
		t.Errorf("%d requests", got)
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for name, one := range map[string]struct {
		answer answer
		says   string
	}{
		"a redirect":           {reply(301, "", "Location", "https://elsewhere.example/"), "redirected to https://elsewhere.example/"},
		"a page":               {reply(200, "<html>", "Content-Type", "text/html"), "text/html instead of JSON; check the base URL"},
		"a page that is wrong": {reply(404, "<html>", "Content-Type", "text/html"), "text/html instead of JSON; check the base URL"},
		"another shape":        {reply(200, `{"available_sats":"many"}`), "not what this version expects"},
	} {
		server := newServer(t, one.answer)
		_, err := server.client().Balance.Get(ctx)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Message, one.says) || len(server.seen()) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIDsThatAreNone(t *testing.T) {
	server := newServer(t, reply(200, "{}"))
	for _, id := range []string{"", ".", ".."} {
		for _, call := range []func() error{
			func() error { _, err := server.client().Tasks.Get(ctx, id); return err },
			func() error { _, err := server.client().Webhooks.Rotate(ctx, id); return err },
			func() error { return server.client().TaskTypes.Delete(ctx, id) },
		} {
			if err := call(); err == nil || !strings.Contains(err.Error(), "An id is needed") {
				t.Errorf("%q: %v", id, err)
			}
		}
	}
	if len(server.seen()) != 0 {
		t.Error("something was sent")
	}
}

func TestInsufficientFundsTellsWhatIsMissing(t *testing.T) {
	details := map[string]any{"available_sats": 10, "required_sats": 550}
	server := newServer(t, reply(402, map[string]any{"error": map[string]any{"message": "Top up.", "details": details}}))
	_, err := server.client().Balance.Get(ctx)
	var funds *InsufficientFundsError
	if !errors.As(err, &funds) || funds.AvailableSats != 10 || funds.RequiredSats != 550 {
		t.Errorf("%v", err)
	}
}

func TestExtraFieldsAreSentOverTheOthers(t *testing.T) {
	text, err := json.Marshal(CreateTaskRequest{Type: "t", Instructions: "a < b", ExtraFields: map[string]any{"type": "u", "payout_sats": 0, "retain_days": 3}})
	if want := `{"instructions":"a \u003c b","payload":null,"payout_sats":0,"retain_days":3,"type":"u"}`; err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
}

package humanrail

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"regexp"
	"testing"
	"time"
)

type requestCase struct {
	Name    string          `json:"name"`
	Call    string          `json:"call"`
	ID      string          `json:"id"`
	IDs     []string        `json:"ids"`
	Params  json.RawMessage `json:"params"`
	Request struct {
		Method  string            `json:"method"`
		Path    string            `json:"path"`
		Query   map[string]string `json:"query"`
		Body    any               `json:"body"`
		Headers map[string]string `json:"headers"`
	} `json:"request"`
	Response struct {
		Status int             `json:"status"`
		Body   json.RawMessage `json:"body"`
	} `json:"response"`
	Result   any  `json:"result"`
	Verbatim bool `json:"verbatim"`
}

var ctx = context.Background()

// calls make each call of the shared cases; a nil result is nothing.
var calls = map[string]func(t *testing.T, c *Client, one requestCase) (any, error){
	"tasks.create": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Tasks.Create(ctx, createRequest(t, one.Params))
	},
	"tasks.create_batch": func(t *testing.T, c *Client, one requestCase) (any, error) {
		var requests []CreateTaskRequest
		for _, item := range params[[]json.RawMessage](t, one) {
			requests = append(requests, *createRequest(t, item))
		}
		return c.Tasks.CreateBatch(ctx, requests)
	},
	"tasks.get": func(t *testing.T, c *Client, one requestCase) (any, error) {
		if wait := params[struct{ Wait int }](t, one).Wait; wait > 0 {
			return c.Tasks.GetWaiting(ctx, one.ID, time.Duration(wait)*time.Second)
		}
		return c.Tasks.Get(ctx, one.ID)
	},
	"tasks.list": func(t *testing.T, c *Client, one requestCase) (any, error) {
		given := params[struct {
			Status        TaskStatus
			Type          string
			Limit         int
			After         string
			CreatedAfter  time.Time `json:"created_after"`
			CreatedBefore time.Time `json:"created_before"`
			Metadata      map[string]string
		}](t, one)
		filter := ListTasksParams(given)
		return dataOf(c.Tasks.List(ctx, &filter))
	},
	"tasks.cancel": func(_ *testing.T, c *Client, one requestCase) (any, error) { return c.Tasks.Cancel(ctx, one.ID) },
	"tasks.events": func(_ *testing.T, c *Client, one requestCase) (any, error) { return c.Tasks.Events(ctx, one.ID) },
	"tasks.receipt": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return c.Tasks.Receipt(ctx, one.ID)
	},
	"quotes.create": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Quotes.Create(ctx, createRequest(t, one.Params))
	},
	"webhooks.create": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Webhooks.Create(ctx, Ptr(params[CreateWebhookRequest](t, one)))
	},
	"webhooks.list": func(_ *testing.T, c *Client, _ requestCase) (any, error) {
		return dataOf(c.Webhooks.List(ctx, nil))
	},
	"webhooks.get": func(_ *testing.T, c *Client, one requestCase) (any, error) { return c.Webhooks.Get(ctx, one.ID) },
	"webhooks.update": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Webhooks.Update(ctx, one.ID, Ptr(params[UpdateWebhookRequest](t, one)))
	},
	"webhooks.delete": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return nil, c.Webhooks.Delete(ctx, one.ID)
	},
	"webhooks.get_callback_secret": func(_ *testing.T, c *Client, _ requestCase) (any, error) {
		return c.Webhooks.GetCallbackSecret(ctx)
	},
	"webhooks.rotate_callback_secret": func(_ *testing.T, c *Client, _ requestCase) (any, error) {
		return c.Webhooks.RotateCallbackSecret(ctx)
	},
	"webhooks.rotate": func(_ *testing.T, c *Client, one requestCase) (any, error) { return c.Webhooks.Rotate(ctx, one.ID) },
	"webhooks.test":   func(_ *testing.T, c *Client, one requestCase) (any, error) { return c.Webhooks.Test(ctx, one.ID) },
	"webhooks.deliveries": func(t *testing.T, c *Client, one requestCase) (any, error) {
		filter := params[ListDeliveriesParams](t, one)
		return dataOf(c.Webhooks.Deliveries(ctx, one.ID, &filter))
	},
	"webhooks.replay": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Webhooks.Replay(ctx, one.ID, params[struct{ Since time.Time }](t, one).Since)
	},
	"deliveries.replay": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return c.Deliveries.Replay(ctx, one.ID)
	},
	"task_types.list": func(_ *testing.T, c *Client, _ requestCase) (any, error) {
		return dataOf(c.TaskTypes.List(ctx, nil))
	},
	"task_types.put": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.TaskTypes.Put(ctx, one.ID, Ptr(params[PutTaskTypeRequest](t, one)))
	},
	"task_types.delete": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return nil, c.TaskTypes.Delete(ctx, one.ID)
	},
	"deposits.create": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Deposits.Create(ctx, Ptr(params[CreateDepositRequest](t, one)))
	},
	"deposits.get": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return c.Deposits.Get(ctx, one.ID)
	},
	"deposits.list": func(_ *testing.T, c *Client, _ requestCase) (any, error) {
		return dataOf(c.Deposits.List(ctx, nil))
	},
	"golds.list": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return dataOf(c.Golds.List(ctx, one.ID, nil))
	},
	"golds.create": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Golds.Create(ctx, one.ID, Ptr(params[CreateGoldRequest](t, one)))
	},
	"golds.delete": func(_ *testing.T, c *Client, one requestCase) (any, error) {
		return nil, c.Golds.Delete(ctx, one.IDs[0], one.IDs[1])
	},
	"test.clock.get": func(_ *testing.T, c *Client, _ requestCase) (any, error) { return c.Test.Clock.Get(ctx) },
	"test.clock.advance": func(t *testing.T, c *Client, one requestCase) (any, error) {
		return c.Test.Clock.Advance(ctx, params[struct{ Seconds int }](t, one).Seconds)
	},
	"test.clock.reset": func(_ *testing.T, c *Client, _ requestCase) (any, error) { return c.Test.Clock.Reset(ctx) },
	"usage.get": func(t *testing.T, c *Client, one requestCase) (any, error) {
		given := params[struct {
			Period    UsagePeriod
			StartDate string `json:"start_date"`
			EndDate   string `json:"end_date"`
		}](t, one)
		period := UsageParams(given)
		return c.Usage.Get(ctx, &period)
	},
	"balance.get": func(_ *testing.T, c *Client, _ requestCase) (any, error) { return c.Balance.Get(ctx) },
}

func params[T any](t *testing.T, one requestCase) T {
	t.Helper()
	var given T
	if len(one.Params) > 0 {
		if err := json.Unmarshal(one.Params, &given); err != nil {
			t.Fatal(err)
		}
	}
	return given
}

// createRequest reads a request; a zero that stands in it goes into ExtraFields, which send it.
func createRequest(t *testing.T, text json.RawMessage) *CreateTaskRequest {
	t.Helper()
	request, members := &CreateTaskRequest{}, map[string]any{}
	for _, into := range []any{request, &members} {
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range members {
		if reflect.ValueOf(value).IsZero() {
			request.ExtraFields = map[string]any{name: value}
		}
	}
	return request
}

func dataOf[T any](page *Page[T], err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return page.Data, nil
}

var someKey = regexp.MustCompile(`^.{1,256}$`)

func TestRequests(t *testing.T) {
	for _, one := range conformanceCases[struct{ Cases []requestCase }](t, "requests").Cases {
		t.Run(one.Call+": "+one.Name, func(t *testing.T) {
			server := newServer(t, reply(one.Response.Status, one.Response.Body))
			invoke, known := calls[one.Call]
			if !known {
				t.Fatalf("nothing makes the call %s", one.Call)
			}
			result, err := invoke(t, server.client(), one)
			if err != nil {
				t.Fatal(err)
			}
			requests := server.seen()
			if len(requests) != 1 {
				t.Fatalf("%d requests", len(requests))
			}
			checkRequest(t, one, requests[0])
			if one.Result == nil {
				if result != nil {
					t.Errorf("the result is %v, not nothing", result)
				}
				return
			}
			if fault := lacking("result", oneSpelling(one.Result), plain(t, result)); fault != "" {
				t.Error(fault)
			}
			if one.Verbatim {
				var sent bytes.Buffer
				if err := json.Compact(&sent, one.Response.Body); err != nil {
					t.Fatal(err)
				}
				if got := result.(*SignedReceipt).JSON; string(got) != sent.String() {
					t.Errorf("the text is %s", got)
				}
			}
		})
	}
}

func checkRequest(t *testing.T, one requestCase, seen seenRequest) {
	t.Helper()
	if seen.method != one.Request.Method || seen.path != one.Request.Path {
		t.Errorf("%s %s, not %s %s", seen.method, seen.path, one.Request.Method, one.Request.Path)
	}
	query := map[string]any{}
	for name := range seen.query {
		query[name] = seen.query.Get(name)
	}
	if want := plain(t, one.Request.Query); !reflect.DeepEqual(oneSpelling(query), want) {
		t.Errorf("the query is %v, not %v", query, want)
	}
	if got, want := oneSpelling(seen.body), oneSpelling(one.Request.Body); !reflect.DeepEqual(got, want) {
		t.Errorf("the body is %v, not %v", got, want)
	}
	if got := seen.header.Get("Authorization"); got != "Bearer ek_test_key" {
		t.Errorf("Authorization: %s", got)
	}
	for name, want := range one.Request.Headers {
		if got := seen.header.Get(name); got != want {
			t.Errorf("%s: %s, not %s", name, got, want)
		}
	}
	if key := seen.header.Get("Idempotency-Key"); (one.Request.Method == "POST") != someKey.MatchString(key) {
		t.Errorf("Idempotency-Key: %q", key)
	}
}

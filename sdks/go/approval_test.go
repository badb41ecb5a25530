package humanrail

import (
	"context"
	"errors"
	"reflect"
	"testing"
)

type approvalCase struct {
	Name      string
	Tool      string
	Arguments map[string]any
	Payload   any
	Output    any
	Runs      bool
	Error     *struct{ Class, Reason string }
}

func TestApprovals(t *testing.T) {
	cases := conformanceCases[askCases](t, "asks").Approvals
	for _, one := range cases.Cases {
		t.Run(one.Name, func(t *testing.T) {
			server := newServer(t, taskAnswer("01", TaskStatusVerified, one.Output))
			runs := 0
			guarded := RequireApproval(server.client(), one.Tool, func(_ context.Context, arguments map[string]any) (string, error) {
				runs++
				if !reflect.DeepEqual(arguments, one.Arguments) {
					t.Errorf("called with %v", arguments)
				}
				return "done", nil
			})
			result, err := guarded(ctx, one.Arguments)
			if (runs == 1) != one.Runs || (result == "done") != one.Runs {
				t.Errorf("ran %d times, and gave %q", runs, result)
			}
			if one.Error != nil {
				var denied *ApprovalDeniedError
				if !errors.As(err, &denied) || denied.Reason != one.Error.Reason || denied.Task.ID != "01" || denied.Tool != one.Tool {
					t.Errorf("%v", err)
				}
			} else if err != nil {
				t.Error(err)
			}
			body := server.seen()[0].body.(map[string]any)
			if !reflect.DeepEqual(body["payload"], one.Payload) || !reflect.DeepEqual(body["output_schema"], cases.OutputSchema) {
				t.Errorf("asked %v", body)
			}
		})
	}
}

func TestApprovalKeys(t *testing.T) {
	server := newServer(t, taskAnswer("01", TaskStatusVerified, map[string]any{"approved": true}))
	call := func(context.Context, struct{}) (bool, error) { return true, nil }
	keys := map[any]bool{}
	for _, guarded := range []func(context.Context, struct{}) (bool, error){
		RequireApproval(server.client(), "tool", call),
		RequireApproval(server.client(), "tool", call, WithKey("given")),
	} {
		for range 2 {
			if _, err := guarded(ctx, struct{}{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, request := range server.seen() {
		keys[request.body.(map[string]any)["idempotency_key"]] = true
	}
	if len(keys) != 3 || !keys["given"] {
		t.Errorf("the keys are %v", keys)
	}
}

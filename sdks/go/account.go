package humanrail

import (
	"context"
	"net/http"
	"net/url"
)

// QuoteService quotes the cost of tasks.
type QuoteService struct{ transport *transport }

// Create quotes the cost and expected duration of a create with this request, without creating a task.
func (s *QuoteService) Create(ctx context.Context, request *CreateTaskRequest, options ...Option) (*Quote, error) {
	if request == nil {
		return nil, &Error{Message: "Create takes a CreateTaskRequest with a Type and a Payload, not nil."}
	}
	return post[Quote](ctx, s.transport, "/quotes", request, options)
}

// TaskTypeService manages saved defaults by task type.
type TaskTypeService struct{ transport *transport }

// List reads a page of task types.
func (s *TaskTypeService) List(ctx context.Context, params *ListParams, options ...Option) (*Page[TaskType], error) {
	return list[TaskType](ctx, s.transport, "/task_types", params.query(), options)
}

// ListAll iterates over all task types.
func (s *TaskTypeService) ListAll(ctx context.Context, params *ListParams, options ...Option) *Pager[TaskType] {
	return newPager(ctx, func(ctx context.Context) (*Page[TaskType], error) {
		return s.List(ctx, params, options...)
	})
}

// Put replaces the saved defaults of a type.
func (s *TaskTypeService) Put(ctx context.Context, taskType string, request *PutTaskTypeRequest, options ...Option) (*TaskType, error) {
	path, err := taskTypePath(taskType)
	if err != nil {
		return nil, err
	}
	if request == nil {
		request = &PutTaskTypeRequest{}
	}
	saved := &TaskType{}
	return orNil(saved, s.transport.do(ctx, call{method: http.MethodPut, path: path, body: request, options: options}, saved))
}

// Delete deletes the saved defaults of a type.
func (s *TaskTypeService) Delete(ctx context.Context, taskType string, options ...Option) error {
	path, err := taskTypePath(taskType)
	if err != nil {
		return err
	}
	return s.transport.do(ctx, call{method: http.MethodDelete, path: path, options: options}, nil)
}

func taskTypePath(taskType string) (string, error) {
	part, err := segment(taskType)
	return "/task_types/" + part, err
}

// GoldService manages golds by task type: tasks with known answers, which measure workers' quality.
type GoldService struct{ transport *transport }

// List reads a page of your own golds of a type.
func (s *GoldService) List(ctx context.Context, taskType string, params *ListParams, options ...Option) (*Page[Gold], error) {
	path, err := goldsPath(taskType)
	if err != nil {
		return nil, err
	}
	return list[Gold](ctx, s.transport, path, params.query(), options)
}

// ListAll iterates over all golds of a type.
func (s *GoldService) ListAll(ctx context.Context, taskType string, params *ListParams, options ...Option) *Pager[Gold] {
	return newPager(ctx, func(ctx context.Context) (*Page[Gold], error) {
		return s.List(ctx, taskType, params, options...)
	})
}

// Create adds a gold.
func (s *GoldService) Create(ctx context.Context, taskType string, request *CreateGoldRequest, options ...Option) (*Gold, error) {
	path, err := goldsPath(taskType)
	if err != nil {
		return nil, err
	}
	if request == nil {
		return nil, &Error{Message: "Create takes a CreateGoldRequest with a Payload and an ExpectedOutput, not nil."}
	}
	return post[Gold](ctx, s.transport, path, request, options)
}

// Delete retires a gold: workers do not get it any more.
func (s *GoldService) Delete(ctx context.Context, taskType, id string, options ...Option) error {
	path, err := goldsPath(taskType)
	if err != nil {
		return err
	}
	part, err := segment(id)
	if err != nil {
		return err
	}
	return s.transport.do(ctx, call{method: http.MethodDelete, path: path + "/" + part, options: options}, nil)
}

func goldsPath(taskType string) (string, error) {
	path, err := taskTypePath(taskType)
	return path + "/golds", err
}

// UsageService reports usage and spending.
type UsageService struct{ transport *transport }

// UsageParams bound a report.
type UsageParams struct {
	// Length of a bucket: default day.
	Period UsagePeriod
	// First and last day, 2026-01-31.
	StartDate, EndDate string
}

// Get reads a report. nil means the last 30 days.
func (s *UsageService) Get(ctx context.Context, params *UsageParams, options ...Option) (*Usage, error) {
	query := url.Values{}
	if params != nil {
		setText(query, "period", string(params.Period))
		setText(query, "start_date", params.StartDate)
		setText(query, "end_date", params.EndDate)
	}
	return get[Usage](ctx, s.transport, "/usage", query, options)
}

// BalanceService reads the balance.
type BalanceService struct{ transport *transport }

// Get reads the balance of the key's mode.
func (s *BalanceService) Get(ctx context.Context, options ...Option) (*Balance, error) {
	return get[Balance](ctx, s.transport, "/balance", nil, options)
}

// DepositService pays in sats over Lightning.
type DepositService struct{ transport *transport }

// Create creates an invoice to pay. In test mode play sats arrive immediately.
func (s *DepositService) Create(ctx context.Context, request *CreateDepositRequest, options ...Option) (*Deposit, error) {
	if request == nil {
		return nil, &Error{Message: "Create takes a CreateDepositRequest with AmountSats, not nil."}
	}
	return post[Deposit](ctx, s.transport, "/deposits", request, options)
}

// Get reads a deposit's current state; queries the Lightning rail while unpaid.
func (s *DepositService) Get(ctx context.Context, id string, options ...Option) (*Deposit, error) {
	part, err := segment(id)
	if err != nil {
		return nil, err
	}
	return get[Deposit](ctx, s.transport, "/deposits/"+part, nil, options)
}

// List reads a page of deposits, newest first.
func (s *DepositService) List(ctx context.Context, params *ListParams, options ...Option) (*Page[Deposit], error) {
	return list[Deposit](ctx, s.transport, "/deposits", params.query(), options)
}

// ListAll iterates over all deposits.
func (s *DepositService) ListAll(ctx context.Context, params *ListParams, options ...Option) *Pager[Deposit] {
	return newPager(ctx, func(ctx context.Context) (*Page[Deposit], error) {
		return s.List(ctx, params, options...)
	})
}

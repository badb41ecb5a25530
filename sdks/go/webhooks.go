package humanrail

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// WebhookService manages webhook endpoints.
type WebhookService struct{ transport *transport }

// Create registers an endpoint. Only this response contains its Secret.
func (s *WebhookService) Create(ctx context.Context, request *CreateWebhookRequest, options ...Option) (*WebhookEndpointWithSecret, error) {
	if request == nil {
		return nil, &Error{Message: "Create takes a CreateWebhookRequest with a URL, not nil."}
	}
	return post[WebhookEndpointWithSecret](ctx, s.transport, "/webhooks", request, options)
}

// List reads a page of endpoints.
func (s *WebhookService) List(ctx context.Context, params *ListParams, options ...Option) (*Page[WebhookEndpoint], error) {
	return list[WebhookEndpoint](ctx, s.transport, "/webhooks", params.query(), options)
}

// ListAll iterates over all endpoints.
func (s *WebhookService) ListAll(ctx context.Context, params *ListParams, options ...Option) *Pager[WebhookEndpoint] {
	return newPager(ctx, func(ctx context.Context) (*Page[WebhookEndpoint], error) {
		return s.List(ctx, params, options...)
	})
}

// Get reads an endpoint, without its secret.
func (s *WebhookService) Get(ctx context.Context, id string, options ...Option) (*WebhookEndpoint, error) {
	path, err := webhookPath(id, "")
	if err != nil {
		return nil, err
	}
	return get[WebhookEndpoint](ctx, s.transport, path, nil, options)
}

// Update changes only the given fields.
func (s *WebhookService) Update(ctx context.Context, id string, request *UpdateWebhookRequest, options ...Option) (*WebhookEndpoint, error) {
	path, err := webhookPath(id, "")
	if err != nil {
		return nil, err
	}
	if request == nil {
		request = &UpdateWebhookRequest{}
	}
	endpoint := &WebhookEndpoint{}
	return orNil(endpoint, s.transport.do(ctx, call{method: http.MethodPatch, path: path, body: request, options: options}, endpoint))
}

// Delete deletes an endpoint.
func (s *WebhookService) Delete(ctx context.Context, id string, options ...Option) error {
	path, err := webhookPath(id, "")
	if err != nil {
		return err
	}
	return s.transport.do(ctx, call{method: http.MethodDelete, path: path, options: options}, nil)
}

// Rotate rotates the endpoint's secret; the old one also signs for a while.
func (s *WebhookService) Rotate(ctx context.Context, id string, options ...Option) (*RotatedWebhookEndpoint, error) {
	path, err := webhookPath(id, "/rotate")
	if err != nil {
		return nil, err
	}
	return post[RotatedWebhookEndpoint](ctx, s.transport, path, nil, options)
}

// Test sends a webhook.test event and returns the endpoint's response.
func (s *WebhookService) Test(ctx context.Context, id string, options ...Option) (*WebhookTestResult, error) {
	path, err := webhookPath(id, "/test")
	if err != nil {
		return nil, err
	}
	return post[WebhookTestResult](ctx, s.transport, path, nil, options)
}

// ListDeliveriesParams narrow a list of deliveries.
type ListDeliveriesParams struct {
	Status DeliveryStatus
	// Items per page, 1 to 100; default 20.
	Limit int
	// The previous page's NextCursor.
	After string
}

func (p *ListDeliveriesParams) query() url.Values {
	if p == nil {
		return url.Values{}
	}
	query := (&ListParams{Limit: p.Limit, After: p.After}).query()
	setText(query, "status", string(p.Status))
	return query
}

// Deliveries reads a page of deliveries to the endpoint, newest first.
func (s *WebhookService) Deliveries(ctx context.Context, id string, params *ListDeliveriesParams, options ...Option) (*Page[Delivery], error) {
	path, err := webhookPath(id, "/deliveries")
	if err != nil {
		return nil, err
	}
	return list[Delivery](ctx, s.transport, path, params.query(), options)
}

// DeliveriesAll iterates over all deliveries to the endpoint, newest first.
func (s *WebhookService) DeliveriesAll(ctx context.Context, id string, params *ListDeliveriesParams, options ...Option) *Pager[Delivery] {
	return newPager(ctx, func(ctx context.Context) (*Page[Delivery], error) {
		return s.Deliveries(ctx, id, params, options...)
	})
}

// Replay resends all deliveries that failed since then.
func (s *WebhookService) Replay(ctx context.Context, id string, since time.Time, options ...Option) (*ReplayedDeliveries, error) {
	path, err := webhookPath(id, "/replay")
	if err != nil {
		return nil, err
	}
	request := &ReplayDeliveriesRequest{Since: since.UTC()}
	return post[ReplayedDeliveries](ctx, s.transport, path, request, options)
}

// GetCallbackSecret reads the secret that signs events sent to a task's own CallbackURL.
func (s *WebhookService) GetCallbackSecret(ctx context.Context, options ...Option) (*CallbackSecret, error) {
	return get[CallbackSecret](ctx, s.transport, "/webhooks/callback_secret", nil, options)
}

// RotateCallbackSecret rotates the organization's callback secret; the old one also signs for a while.
func (s *WebhookService) RotateCallbackSecret(ctx context.Context, options ...Option) (*CallbackSecret, error) {
	return post[CallbackSecret](ctx, s.transport, "/webhooks/callback_secret/rotate", nil, options)
}

func webhookPath(id, rest string) (string, error) {
	part, err := segment(id)
	return "/webhooks/" + part + rest, err
}

// DeliveryService resends single deliveries.
type DeliveryService struct{ transport *transport }

// Replay resends one delivery with its original body.
func (s *DeliveryService) Replay(ctx context.Context, id string, options ...Option) (*Delivery, error) {
	part, err := segment(id)
	if err != nil {
		return nil, err
	}
	return post[Delivery](ctx, s.transport, "/deliveries/"+part+"/replay", nil, options)
}

package humanrail

import "fmt"

// Client calls the HumanRail API. Create one with [NewClient]; it is safe for concurrent use.
type Client struct {
	Tasks      *TaskService
	Quotes     *QuoteService
	Webhooks   *WebhookService
	Deliveries *DeliveryService
	TaskTypes  *TaskTypeService
	Golds      *GoldService
	Usage      *UsageService
	Balance    *BalanceService
	Deposits   *DepositService
	// Of a client that pays by L402: see WithL402.
	L402 *L402Service
	// For rehearsals, with a test key.
	Test *TestMode

	transport *transport
}

// NewClient makes a client. An empty key, or the documentation's own (ek_live_...), stands for
// HUMANRAIL_API_KEY; the base URL is that of HUMANRAIL_BASE_URL, else https://api.humanrail.dev/v1.
// Invalid settings are reported by the first call, as a [*ConfigurationError].
func NewClient(apiKey string, options ...Option) *Client {
	t := &transport{defaults: defaultSettings(apiKey), options: options, tokens: newL402Tokens()}
	return &Client{
		Tasks:      &TaskService{t},
		Quotes:     &QuoteService{t},
		Webhooks:   &WebhookService{t},
		Deliveries: &DeliveryService{t},
		TaskTypes:  &TaskTypeService{t},
		Golds:      &GoldService{t},
		Usage:      &UsageService{t},
		Balance:    &BalanceService{t},
		Deposits:   &DepositService{t},
		L402:       &L402Service{t},
		Test:       &TestMode{Clock: &TestClockService{t}},
		transport:  t,
	}
}

// BaseURL is the API's base URL, without a trailing slash.
func (c *Client) BaseURL() (string, error) {
	settings, err := c.transport.settings(nil)
	if err != nil {
		return "", err
	}
	return settings.baseURL, nil
}

// IdempotencyKey gives a deterministic key in the client's namespace (see
// [WithIdempotencyNamespace]); a [*ConfigurationError] if it has none.
func (c *Client) IdempotencyKey(parts ...string) (string, error) {
	settings, err := c.transport.settings(nil)
	if err != nil {
		return "", err
	}
	if settings.idempotencyNamespace == "" {
		return "", configurationFault("This client has no idempotency namespace: give NewClient WithIdempotencyNamespace, or use IdempotencyKey(namespace, parts...).")
	}
	return IdempotencyKey(settings.idempotencyNamespace, parts...), nil
}

// String describes the client by its URL, never its key.
func (c *Client) String() string {
	url, err := c.BaseURL()
	if err != nil {
		return "humanrail.Client(misconfigured)"
	}
	return fmt.Sprintf("humanrail.Client(%s)", url)
}

// GoString is the same for %#v.
func (c *Client) GoString() string { return c.String() }

// Ptr gives a pointer to a value, for the optional fields of requests.
func Ptr[T any](value T) *T { return &value }

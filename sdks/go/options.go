package humanrail

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
)

const (
	defaultBaseURL    = "https://api.humanrail.dev/v1"
	defaultMaxRetries = 2
	defaultTimeout    = time.Minute
)

// Option changes how calls are made: of a whole client when given to [NewClient], of one call when
// given to its method.
type Option func(*settings)

// WithBaseURL sets the API's base URL, such as http://localhost:3000/v1.
func WithBaseURL(url string) Option {
	return func(s *settings) { s.baseURL = url }
}

// WithMaxRetries sets the maximum number of retries; default 2.
func WithMaxRetries(retries int) Option {
	return func(s *settings) { s.maxRetries = retries }
}

// WithTimeout limits each attempt; one minute by default. The wait of Tasks.GetWaiting is added. To limit
// a whole call with its retries, use the context.
func WithTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// WithHTTPClient sends the requests with a custom client, for a proxy or a test. Its redirect
// policy is not used: the API never redirects, and the key must not leak to another host.
func WithHTTPClient(client *http.Client) Option {
	return func(s *settings) { s.httpClient = client }
}

// WithIdempotencyNamespace sets the prefix of the client's generated idempotency keys, and of those
// of Client.IdempotencyKey.
func WithIdempotencyNamespace(namespace string) Option {
	return func(s *settings) { s.idempotencyNamespace = namespace }
}

// WithIdempotencyKey makes a repeat of this very POST safe; random by default. It is sent in
// a header, so it may hold printable ASCII only.
func WithIdempotencyKey(key string) Option {
	return func(s *settings) { s.idempotencyKey = &key }
}

type settings struct {
	// A function, so that printing a client does not reveal the key.
	apiKey func() (string, error)
	// Whether the key was given in the program, and not left to the environment.
	isKeyGiven bool
	// Pays in place of a key; nil if a key does.
	l402 *L402
	// Of one create; a function for the same reason.
	l402Token            func() string
	baseURL              string
	maxRetries           int
	timeout              time.Duration
	httpClient           *http.Client
	idempotencyNamespace string
	idempotencyKey       *string
	clock                clock
}

func defaultSettings(apiKey string) settings {
	fromEnvironment := os.Getenv("HUMANRAIL_API_KEY")
	return settings{
		apiKey:     func() (string, error) { return resolveKey(apiKey, fromEnvironment) },
		isKeyGiven: strings.TrimSpace(apiKey) != "",
		baseURL:    os.Getenv("HUMANRAIL_BASE_URL"),
		maxRetries: defaultMaxRetries,
		timeout:    defaultTimeout,
		httpClient: http.DefaultClient,
		clock:      systemClock{},
	}
}

// The documentation's own key; a real key has no dots.
var placeholderKey = regexp.MustCompile(`^ek_(live|test)_\.{3}$`)
var printableKey = regexp.MustCompile(`^[\x21-\x7e]+$`)

// resolve validates the settings and fills in defaults.
func (s settings) resolve() (settings, error) {
	if err := s.checkPayment(); err != nil {
		return s, err
	}
	var err error
	if s.baseURL, err = resolveBaseURL(s.baseURL); err != nil {
		return s, err
	}
	if s.maxRetries < 0 {
		return s, configurationFault(fmt.Sprintf("WithMaxRetries takes a number from 0, not %d.", s.maxRetries))
	}
	if s.timeout <= 0 {
		return s, configurationFault(fmt.Sprintf("WithTimeout takes a duration above 0, not %s.", s.timeout))
	}
	if s.httpClient == nil {
		return s, configurationFault("WithHTTPClient was given nil; leave it out for the default client.")
	}
	client := *s.httpClient
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.httpClient = &client
	return s, nil
}

func resolveKey(given, fromEnvironment string) (string, error) {
	key := strings.TrimSpace(given)
	isPlaceholder := placeholderKey.MatchString(key)
	if key == "" || isPlaceholder {
		key = strings.TrimSpace(fromEnvironment)
	}
	if key == "" || placeholderKey.MatchString(key) {
		if isPlaceholder {
			return "", configurationFault(fmt.Sprintf("Replace %q by your key, or set HUMANRAIL_API_KEY.", strings.TrimSpace(given)))
		}
		return "", configurationFault("No API key: give one to NewClient or set HUMANRAIL_API_KEY.")
	}
	if !printableKey.MatchString(key) {
		return "", configurationFault("The API key contains characters that no key has; copy it again.")
	}
	return key, nil
}

func resolveBaseURL(given string) (string, error) {
	text := strings.TrimSpace(given)
	if text == "" {
		text = defaultBaseURL
	}
	parsed, err := url.Parse(text)
	if err != nil || (parsed.Host == "" && parsed.Scheme != "http" && parsed.Scheme != "https") {
		return "", configurationFault(fmt.Sprintf("The base URL %q is no URL; write it like http://localhost:3000/v1.", withoutPassword(given)))
	}
	if parsed.Scheme != "http" && parsed.Scheme != "https" {
		return "", configurationFault(fmt.Sprintf("The base URL %q must begin with https:// or http://.", withoutPassword(given)))
	}
	if parsed.Host == "" {
		return "", configurationFault(fmt.Sprintf("The base URL %q names no host; write it like http://localhost:3000/v1.", withoutPassword(given)))
	}
	if parsed.User != nil {
		return "", configurationFault("The base URL holds a user name or a password; give NewClient the key instead.")
	}
	path := strings.TrimRight(parsed.Path, "/")
	if path == "" {
		path = "/v1"
	}
	return parsed.Scheme + "://" + parsed.Host + path, nil
}

var userInfo = regexp.MustCompile(`//[^/@\s]*@`)

// withoutPassword is a text without the user names and passwords of the URLs in it.
func withoutPassword(text string) string { return userInfo.ReplaceAllString(text, "//…@") }

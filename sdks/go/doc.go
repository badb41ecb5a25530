// Package humanrail sends tasks to people and gets verified answers back.
//
//	client := humanrail.NewClient("") // key from HUMANRAIL_API_KEY
//	answer, err := humanrail.Ask[bool](ctx, client, "Is this review genuine?",
//		humanrail.WithPayload(map[string]any{"review": "Great product, 5 stars!"}))
//	fmt.Println(answer.Value, answer.Task.ID)
//
// Every failure is, or wraps, an [*Error]; its own type says what kind it is, so use [errors.As]
// with [*ValidationError], [*RateLimitError], [*ConnectionError] and so on. Money is in whole sats.
package humanrail

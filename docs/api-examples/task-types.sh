# client
export HUMANRAIL_BASE_URL="http://localhost:3000/v1"

# task_types.put
curl -sf -X PUT "$HUMANRAIL_BASE_URL/task_types/orders.refund_check" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"title": "Refund check", "instructions": "Compare the request with the policy.",
       "output_schema": {"type": "object", "required": ["eligible"],
         "properties": {"eligible": {"type": "boolean"}}},
       "payout_sats": 300, "sla_seconds": 600}'

# golds.create
gold=$(curl -sf "$HUMANRAIL_BASE_URL/task_types/orders.refund_check/golds" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"payload": {"request": "The parcel came broken.", "policy": "Broken goods are refunded."},
       "expected_output": {"eligible": true}}' | jq -r .id)

# golds.list
curl -sf "$HUMANRAIL_BASE_URL/task_types/orders.refund_check/golds" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# golds.delete
curl -sf -X DELETE "$HUMANRAIL_BASE_URL/task_types/orders.refund_check/golds/$gold" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# task_types.list
curl -sf "$HUMANRAIL_BASE_URL/task_types?limit=10" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# task_types.delete
curl -sf -X DELETE "$HUMANRAIL_BASE_URL/task_types/orders.refund_check" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# client
export HUMANRAIL_BASE_URL="http://localhost:3000/v1"

# usage.get
curl -sf "$HUMANRAIL_BASE_URL/usage?period=week" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# balance.get
curl -sf "$HUMANRAIL_BASE_URL/balance" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# deposits.create
DEPOSIT_ID=$(curl -sf "$HUMANRAIL_BASE_URL/deposits" -H "Authorization: Bearer $HUMANRAIL_API_KEY" \
  -H 'Content-Type: application/json' -d '{"amount_sats": 50000}' | jq -r .id)

# deposits.get
curl -sf "$HUMANRAIL_BASE_URL/deposits/$DEPOSIT_ID" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# deposits.list
curl -sf "$HUMANRAIL_BASE_URL/deposits?limit=10" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

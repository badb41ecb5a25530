-- The money of one task, by as many statements as the ledger makes: four postings, each in a transaction.
\set organization random(1, 64)
\set worker random(1, 64)

BEGIN;
WITH posting AS (
  INSERT INTO postings (id, mode, kind, reference)
  VALUES (gen_random_uuid(), 'test', 'hold', 'task:' || gen_random_uuid()) RETURNING id
), debited AS (
  UPDATE accounts SET balance = balance - 110
   WHERE kind = 'organization_available' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:organization::text, 12, '0') RETURNING id
), credited AS (
  UPDATE accounts SET balance = balance + 110
   WHERE kind = 'organization_held' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:organization::text, 12, '0') RETURNING id
), counted AS (
  UPDATE spend_counters SET spent_sats = spent_sats + 110
   WHERE organization_id = ('00000000-0000-7000-8000-' || lpad(:organization::text, 12, '0'))::uuid
     AND mode = 'test' AND day = (now() AT TIME ZONE 'UTC')::date AND spender_id = organization_id
)
INSERT INTO entries (posting_id, account_id, amount)
SELECT posting.id, debited.id, -110 FROM posting, debited
 UNION ALL
SELECT posting.id, credited.id, 110 FROM posting, credited;
COMMIT;

BEGIN;
WITH posting AS (
  INSERT INTO postings (id, mode, kind, reference)
  VALUES (gen_random_uuid(), 'test', 'charge', 'task:' || gen_random_uuid()) RETURNING id
), debited AS (
  UPDATE accounts SET balance = balance - 110
   WHERE kind = 'organization_held' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:organization::text, 12, '0') RETURNING id
), credited AS (
  UPDATE accounts SET balance = balance + 100
   WHERE kind = 'worker_payable' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:worker::text, 12, '0') RETURNING id
), fees AS (
  SELECT id FROM accounts WHERE kind = 'platform_fees' AND mode = 'test' AND owner = 'platform'
), counted AS (
  UPDATE spend_counters SET spent_sats = spent_sats - 0
   WHERE organization_id = ('00000000-0000-7000-8000-' || lpad(:organization::text, 12, '0'))::uuid
     AND mode = 'test' AND day = (now() AT TIME ZONE 'UTC')::date AND spender_id = organization_id
)
INSERT INTO entries (posting_id, account_id, amount)
SELECT posting.id, debited.id, -110 FROM posting, debited
 UNION ALL
SELECT posting.id, credited.id, 100 FROM posting, credited
 UNION ALL
SELECT posting.id, fees.id, 10 FROM posting, fees;
COMMIT;

BEGIN;
WITH posting AS (
  INSERT INTO postings (id, mode, kind, reference)
  VALUES (gen_random_uuid(), 'test', 'payout_reserve', 'attempt:' || gen_random_uuid()) RETURNING id
), debited AS (
  UPDATE accounts SET balance = balance - 100
   WHERE kind = 'worker_payable' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:worker::text, 12, '0') RETURNING id
), credited AS (
  UPDATE accounts SET balance = balance + 100
   WHERE kind = 'worker_in_flight' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:worker::text, 12, '0') RETURNING id
)
INSERT INTO entries (posting_id, account_id, amount)
SELECT posting.id, debited.id, -100 FROM posting, debited
 UNION ALL
SELECT posting.id, credited.id, 100 FROM posting, credited;
COMMIT;

BEGIN;
WITH posting AS (
  INSERT INTO postings (id, mode, kind, reference)
  VALUES (gen_random_uuid(), 'test', 'payout_settle', 'attempt:' || gen_random_uuid()) RETURNING id
), debited AS (
  UPDATE accounts SET balance = balance - 100
   WHERE kind = 'worker_in_flight' AND mode = 'test'
     AND owner = '00000000-0000-7000-8000-' || lpad(:worker::text, 12, '0') RETURNING id
), rail AS (
  SELECT id FROM accounts WHERE kind = 'rail_float' AND mode = 'test' AND owner = 'sandbox'
)
INSERT INTO entries (posting_id, account_id, amount)
SELECT posting.id, debited.id, -100 FROM posting, debited
 UNION ALL
SELECT posting.id, rail.id, 100 FROM posting, rail;
COMMIT;

const COMMON = `  --base-url URL   where the API is; else HUMANRAIL_BASE_URL, else https://api.humanrail.dev/v1
  --json           for programs: JSON as the API spells it, one object a line
  -h, --help       this text

The API key is read from HUMANRAIL_API_KEY.`;

const TASK_FIELDS = `  --type TYPE            what kind of question it is (required)
  --payload JSON         what the person sees: JSON, @file, or - for standard input (required)
  --schema JSON          JSON Schema of the answer, in the same forms
  --payout-sats N        sats for each accepted answer
  --sla-seconds N        seconds until the task expires
  --skill NAME           a skill the worker must hold; may be repeated
  --risk-tier TIER       low, medium, high or critical
  --instructions TEXT    Markdown for the worker
  --metadata KEY=VALUE   kept with the task, not shown; may be repeated
  --callback-url URL     gets the task's events
  --key KEY              idempotency key: the same one gives the same task
  --sandbox JSON         test keys only: what the simulated workers do`;

export const HELP = {
  '': `Send tasks to people, and get verified answers back.

Usage: humanrail <command> [options]

  tasks create   send a task
  tasks get      read a task
  tasks wait     wait until a task has ended
  tasks list     list tasks, the newest first
  listen         forward events to a URL of this machine
  verify         check the signature of a receipt

  humanrail <command> --help tells more of each; --version tells the version.

Exit codes: 0 done; 1 the API refused or could not be reached; 2 the command was not understood;
3 the task ended without an answer; 4 it was not done in time; 5 the receipt does not verify.

Examples:
  humanrail tasks create --type content_review --payload '{"text": "Is it genuine?"}' --wait
  humanrail listen http://localhost:3000/webhooks/humanrail`,

  tasks: `Usage: humanrail tasks create|get|wait|list [options]

  humanrail tasks <command> --help tells more of each.`,

  'tasks create': `Send a task to people.

Usage: humanrail tasks create --type TYPE --payload JSON [options]

${TASK_FIELDS}
  --wait                 wait until it has ended
  --timeout SECONDS      for how long to wait at most
${COMMON}

Examples:
  humanrail tasks create --type content_review --payload @review.json --payout-sats 500
  id=$(humanrail tasks create --type t --payload '{}' --json | jq -r .id)`,

  'tasks get': `Read a task.

Usage: humanrail tasks get ID [options]

${COMMON}

Example:
  humanrail tasks get 0198a1f2-6c3e-7d4b-9a05-1f2e3d4c5b6a --json | jq .output`,

  'tasks wait': `Wait until a task has ended. Exits with 0 where it is verified, 3 where it is not, 4 when the
time is over.

Usage: humanrail tasks wait ID [options]

  --timeout SECONDS   for how long at most; unless given, until it ends
${COMMON}

Example:
  humanrail tasks wait "$id" --timeout 600 --json | jq .output`,

  'tasks list': `List tasks, the newest first.

Usage: humanrail tasks list [options]

  --status STATUS        posted, assigned, submitted, verified, failed, cancelled or expired
  --type TYPE
  --metadata KEY=VALUE   only those that carry it; may be repeated
  --created-after TIME   such as 2026-01-31T12:00:00Z
  --created-before TIME
  --limit N              at most so many (20)
  --all                  all of them
${COMMON}

Example:
  humanrail tasks list --status failed --all --json | jq -r .id`,

  listen: `Forward the events of your tasks to a URL of this machine, signed as webhooks are, so that a
handler can be tried without a public address. Follows the tasks' timelines; where the connection
breaks, it goes on after the last event it had. Ends with Ctrl-C.

Usage: humanrail listen URL [options]

  --secret SECRET    signs the events; else HUMANRAIL_WEBHOOK_SECRET, else one is made and printed
  --events TYPES     only these, such as task.verified,task.failed
  --since TIME       also the events of tasks created since then, from each task's first
${COMMON}

An event that is not answered with a 2xx is tried five times within 15 seconds. Ids and types are
those of the real webhooks; a task that has moved on since is told as it was, as far as its timeline
says. Events of no task (webhook.test) are not forwarded.

Example:
  humanrail listen http://localhost:3000/webhooks/humanrail --events task.verified`,

  verify: `Check the signature of a receipt: Ed25519 over its canonical JSON (RFC 8785). Works offline. Exits
with 0 where it is valid, 5 where it is not.

Usage: humanrail verify FILE [options]

  FILE                 what GET /v1/tasks/{id}/receipt answered; - for standard input
  --public-key KEY     the key it must be signed by, base64; without it, the receipt's own key is
                       used, which shows that it is unchanged, not who signed it
  --keys FILE          the keys one of which it must be signed by: what
                       GET /.well-known/humanrail-keys.json answered
  --payload JSON       the payload it must be about: JSON, @file or -
  --schema JSON        the output schema it must be about
  --json               for programs
  -h, --help           this text

Example:
  humanrail verify receipt.json --keys humanrail-keys.json`,
} as const;

export type HelpTopic = keyof typeof HELP;

import { goText, pythonLiteral, shellText, typescriptLiteral, withPlainControls } from './literals';

/** The first task of everybody: the same request in each language, ready to be pasted and run. */
export const FIRST_TASK = {
  type: 'content_review',
  payload: {
    text: 'Is this review genuine?',
    content: 'Great product, 5 stars!',
  },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  payout_sats: 500,
  sla_seconds: 300,
  skills_required: ['content_review'],
};

export const LANGUAGES = [
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'go', label: 'Go' },
  { value: 'curl', label: 'cURL' },
] as const;
export type Language = (typeof LANGUAGES)[number]['value'];

/**
 * A program that sends `task`, waits for its answer, and prints it. It needs nothing installed but
 * the language.
 * @param options.key the whole text of an API key; null for a program that reads it from
 * `HUMANRAIL_API_KEY`, which can be shown to anybody.
 * @param options.publicUrl this instance, without a trailing slash.
 */
export function snippetOf(
  language: Language,
  options: { key: string | null; publicUrl: string; task?: object },
): string {
  return WRITERS[language]({
    url: `${options.publicUrl}/v1/tasks`,
    key: options.key,
    task: options.task ?? FIRST_TASK,
  });
}

interface Request {
  url: string;
  key: string | null;
  task: object;
}

const WRITERS: Record<Language, (request: Request) => string> = {
  python: ({ url, key, task }) => `import json${key === null ? ', os' : ''}, urllib.request

KEY = ${key === null ? 'os.environ["HUMANRAIL_API_KEY"]' : pythonLiteral(key)}

def call(url, body=None):
    headers = {"Authorization": "Bearer " + KEY, "Content-Type": "application/json"}
    request = urllib.request.Request(url, body and json.dumps(body).encode(), headers)
    return json.load(urllib.request.urlopen(request))

task = call("${url}", ${pythonLiteral(task)})
while task["status"] in ("posted", "assigned", "submitted"):
    task = call("${url}/" + task["id"] + "?wait=30")
print(task["status"], task["output"])`,

  typescript: ({ url, key, task }) => `const headers = {
  Authorization: ${key === null ? "'Bearer ' + process.env.HUMANRAIL_API_KEY" : `'Bearer ${key}'`},
  'Content-Type': 'application/json',
};
const body = JSON.stringify(${typescriptLiteral(task)});

let task = await (await fetch('${url}', { method: 'POST', headers, body })).json();
while (['posted', 'assigned', 'submitted'].includes(task.status)) {
  task = await (await fetch(\`${url}/\${task.id}?wait=30\`, { headers })).json();
}
console.log(task.status, task.output);`,

  go: ({ url, key, task }) => `package main

import (
	"encoding/json"
	"fmt"
	"net/http"${key === null ? '\n\t"os"' : ''}
	"strings"
)

type Task struct {
	ID, Status string
	Output     any
}

func call(method, url, body string) (task Task) {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Authorization", "Bearer "+${key === null ? 'os.Getenv("HUMANRAIL_API_KEY")' : JSON.stringify(key)})
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&task); err != nil {
		panic(err)
	}
	return task
}

func main() {
	task := call("POST", "${url}", ${goText(JSON.stringify(task, null, 2))})
	for task.Status == "posted" || task.Status == "assigned" || task.Status == "submitted" {
		task = call("GET", "${url}/"+task.ID+"?wait=30", "")
	}
	fmt.Println(task.Status, task.Output)
}`,

  curl: ({ url, key, task }) => {
    const bearer = `-H "Authorization: Bearer ${key ?? '$HUMANRAIL_API_KEY'}"`;
    return `curl -s ${url} \\
  ${bearer} \\
  -H "Content-Type: application/json" \\
  -d ${shellText(withPlainControls(JSON.stringify(task, null, 2)))}

# then, with the id it answers:
curl -s "${url}/<id>?wait=30" ${bearer}`;
  },
};

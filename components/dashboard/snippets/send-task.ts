import type { Language } from '@/components/ui/code/use-language';
import type { CreateTask } from '@/server/features/tasks/schema';
import { type Access, bearer, CLIENT, INSTALL } from './client';
import { goRequest } from './go-request';
import {
  pythonLiteral,
  shellDoubleQuoted,
  shellText,
  typescriptLiteral,
  withPlainControls,
} from './literals';
import { typescriptParams } from './typescript-params';

/** The first task of everybody: the same request in each language, ready to be pasted and run. */
export const FIRST_TASK: CreateTask = {
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

/** A program that sends the task, waits for its end, and prints its status and output. */
export function sendTask(
  language: Language,
  access: Access,
  task: CreateTask = FIRST_TASK,
): string {
  return WRITERS[language](access, task);
}

const WRITERS: Record<Language, (access: Access, task: CreateTask) => string> = {
  python: (access, task) => `${INSTALL.python}
from humanrail import HumanRail

client = ${CLIENT.python(access)}

task = client.tasks.create(
${pythonArguments(task)}
)
print("Task created:", task.id)

task = client.tasks.wait_for_completion(task.id)
print(task.status, task.output)`,

  typescript: (access, task) => `${INSTALL.typescript}
import { HumanRail } from '@humanrail/sdk';

const client = ${CLIENT.typescript(access)};

const task = await client.tasks.create(${typescriptLiteral(typescriptParams(task))});
console.log('Task created:', task.id);

const { status, output } = await client.tasks.waitForCompletion(task.id);
console.log(status, output);`,

  go: (access, task) => {
    const request = goRequest(task);
    return `${INSTALL.go}
package main

import (
	"context"${request.includes('json.RawMessage(') ? '\n\t"encoding/json"' : ''}
	"fmt"

	humanrail "github.com/prime001/humanrail-sdk/go"
)

func main() {
	ctx := context.Background()
	client := ${CLIENT.go(access)}

	task, err := client.Tasks.Create(ctx, ${request})
	if err != nil {
		panic(err)
	}
	fmt.Println("Task created:", task.ID)

	task, err = client.Tasks.WaitForCompletion(ctx, task.ID, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(task.Status, task.Output)
}`;
  },

  curl: (access, task) => {
    const url = `${access.publicUrl}/v1/tasks`;
    return `curl -s ${shellDoubleQuoted(url)} \\
  ${bearer(access)} \\
  -H "Content-Type: application/json" \\
  -d ${shellText(withPlainControls(JSON.stringify(task, null, 2)))}

# then, with the id it answers:
curl -s ${shellDoubleQuoted(`${url}/<id>?wait=30`)} ${bearer(access)}`;
  },
};

/** The fields of a create are arguments of the same names. */
function pythonArguments(task: CreateTask): string {
  const given = Object.entries(task).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `    ${name}=${pythonLiteral(value, '    ')},`).join('\n');
}

import { markdownTable } from '../markdown-table';
import { JSON_TYPE, type Operation, type Parameter, referredName, type Schema } from './document';
import { errorList } from './errors';
import type { Language } from './examples';
import { type Field, fieldsOf, type Places } from './fields';
import { cell, fence, json, prose } from './markdown';
import { plain, typeWords } from './type-words';

/** How many examples a page has of an object, by its name. */
export type ShownExamples = Map<string, number>;

const L402 = '[L402](/docs/l402)';

/** Where the body of a call is told once, for the calls that take the same. */
const SAME_BODY: Record<string, string> = {
  'quotes.create': 'The body of [Create a task](#create-a-task).',
  'tasks.create_batch':
    '`tasks`: a list of 1 to 1,000 bodies of [Create a task](#create-a-task), each best with an `idempotency_key` of its own.',
};

/** One operation: how it is called, what it takes, what it answers, and how that looks. */
export function renderOperation(
  operation: Operation,
  examples: [Language, string][],
  places: Places,
  shown: ShownExamples,
): string {
  const { id, method, path, summary, description, scope, takesToken } = operation;
  const parts = [
    `## ${summary}`,
    fence('http', `${method} ${path}`),
    description && prose(description),
    accessLine(operation),
    parameterTable(operation.parameters),
    bodyPart(operation, places),
    exampleTabs(examples),
    answerPart(operation, places, shown),
    errorPart(operation),
    // Tokens are of tasks that were paid for, which nobody tries.
    takesToken && !scope ? '' : `<TryIt operation="${id}" name="${summary}" />`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function parameterTable(parameters: Parameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: place, required, schema, description = '' }) => {
    const meaning =
      name === 'Idempotency-Key'
        ? 'Makes a repeat safe: see [Idempotency](/docs/idempotency).'
        : description || (plain(schema).description ?? '');
    return [
      `\`${name}\``,
      described([place, typeWords(schema), required ? 'required' : ''], meaning),
    ];
  });
  return `**Parameters**\n\n${markdownTable(['parameter', 'what it is'], rows)}`;
}

/** A cell that begins with facts, set apart from the words after them. */
function described(facts: string[], meaning: string): string {
  return `_${cell(facts.filter(Boolean).join(', '))}._ ${cell(meaning)}`.trim();
}

function bodyPart({ id, body, isBodyRequired }: Operation, places: Places): string {
  if (!body) return '';
  const words = SAME_BODY[id] ?? fieldTable(fieldsOf(body.schema, places), true);
  return `**Body**${isBodyRequired ? '' : ' (may be left out)'}\n\n${words}`;
}

/** A table of fields; those that must be sent say so where `isInput`. */
export function fieldTable(fields: Field[], isInput = false): string {
  return markdownTable(
    ['field', 'what it is'],
    fields.map(({ name, type, required, description }) => [
      `\`${name}\``,
      described([type, isInput && required ? 'required' : ''], description),
    ]),
  );
}

function exampleTabs(examples: [Language, string][]): string {
  const [only] = examples;
  if (!only) return '';
  const blocks = examples.map(([language, code]) => fence(language, code));
  if (examples.length === 1) return `**Example**\n\n${fence(only[0], only[1])}`;
  return ['**Example**', '<CodeTabs>', ...blocks, '</CodeTabs>'].join('\n\n');
}

/** Objects whose example stands in the page already, as it was created and as it ended. */
const EXAMPLES_MAX = 2;

function answerPart({ answers }: Operation, places: Places, shown: ShownExamples): string {
  const good = answers.filter(({ status }) => status < 300);
  const first = good.map(({ answer }) => answer.content?.[JSON_TYPE]).find(Boolean);
  if (!first) throw new Error('An operation answers no JSON.');
  const example = good.map(({ answer }) => answer.content?.[JSON_TYPE]?.example).find(Boolean);
  const others = good.flatMap(({ answer }) =>
    Object.entries(answer.content ?? {}).flatMap(([type, { schema }]) =>
      type === JSON_TYPE ? [] : [`As \`${type}\`: ${prose(schema.description ?? '')}`],
    ),
  );
  const statuses =
    good.length > 1
      ? good.map(({ status, answer }) => `- ${status}: ${prose(answer.description)}`).join('\n')
      : '';
  return [
    `**Answer** ${good.length > 1 ? '' : good[0]?.status}`.trim(),
    statuses,
    answerWords(first.schema, places),
    ...others,
    example === undefined || !isNews(first.schema, shown) ? '' : fence('json', json(example)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Whether the page still lacks an example of an object; a list repeats its objects. */
function isNews(schema: Schema, shown: ShownExamples): boolean {
  const name = schema.$ref && referredName(schema.$ref);
  if (!name) return true;
  const object = name.replace(/List$/, '');
  const count = shown.get(object) ?? 0;
  if (name !== object && count > 0) return false;
  shown.set(object, count + 1);
  return count < EXAMPLES_MAX;
}

function answerWords(schema: Schema, places: Places): string {
  const name = schema.$ref && referredName(schema.$ref);
  const place = name && places.get(name);
  if (place) return `A [${name}](${place}).`;
  const fields = fieldsOf(schema, places);
  return fields.length > 1 ? fieldTable(fields) : prose(plain(schema).description ?? '');
}

function errorPart(operation: Operation): string {
  const list = errorList(operation);
  const general = 'those of [any call](/docs/api/overview#errors-of-any-call)';
  return list ? `**Errors**, besides ${general}:\n\n${list}` : `**Errors**: ${general}.`;
}

/** What lets a caller in. */
function accessLine({ scope, takesToken }: Operation): string {
  if (!scope) return takesToken ? `By an ${L402} token.` : 'It needs no key.';
  const key = `Scope: \`${scope}\`.`;
  return takesToken ? `${key} Without a key: by the ${L402} token of a task.` : key;
}

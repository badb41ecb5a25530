import { markdownTable } from '../markdown-table';
import { JSON_TYPE, type Operation, type Parameter, referredName, type Schema } from './document';
import { errorList } from './errors';
import type { Language } from './examples';
import { type Field, fieldsOf, type Places } from './fields';
import { cell, fence, json, prose } from './markdown';
import { plain, typeWords } from './type-words';

/** Number of examples on a page by object name. */
export type ShownExamples = Map<string, number>;

const L402 = '[L402](/docs/l402)';

/** The operation that documents a request body shared by several. */
const SAME_BODY: Record<string, string> = {
  'quotes.create': 'The body of [Create a task](#create-a-task).',
  'tasks.create_batch':
    '`tasks`: a list of 1 to 1,000 bodies of [Create a task](#create-a-task), each best with an `idempotency_key` of its own.',
};

/** Documents one operation: its request, parameters, response, and examples. */
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
    // Tokens belong to paid tasks, which nobody tries out.
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

/** A cell that starts with facts, set apart from the description. */
function described(facts: string[], meaning: string): string {
  return `_${cell(facts.filter(Boolean).join(', '))}._ ${cell(meaning)}`.trim();
}

function bodyPart({ id, body, isBodyRequired }: Operation, places: Places): string {
  if (!body) return '';
  const words = SAME_BODY[id] ?? fieldTable(fieldsOf(body.schema, places), true);
  return `**Body**${isBodyRequired ? '' : ' (may be left out)'}\n\n${words}`;
}

/** A table of fields; marks required ones if `isInput`. */
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

/** An object's examples per page: as created and as ended. */
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

/** Whether the page still lacks an example of an object; lists repeat their items' objects. */
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

/** The authentication a call requires. */
function accessLine({ scope, takesToken }: Operation): string {
  if (!scope) return takesToken ? `By an ${L402} token.` : 'It needs no key.';
  const key = `Scope: \`${scope}\`.`;
  return takesToken ? `${key} Without a key: by the ${L402} token of a task.` : key;
}

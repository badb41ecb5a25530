/** The measured forms: fields of every common kind, including the text fields that are typed into. */
const KINDS: ((index: number) => object)[] = [
  () => ({ type: 'string' }),
  () => ({ type: 'string', maxLength: 60 }),
  () => ({ type: 'string', enum: ['yes', 'no', 'unclear'] }),
  () => ({ type: 'string', description: 'What the document says, in your words.' }),
  () => ({ type: 'boolean' }),
  () => ({ type: 'number' }),
  () => ({ type: 'string', format: 'date' }),
  () => ({ anyOf: [{ type: 'string' }, { type: 'null' }] }),
  () => ({ type: 'integer', minimum: 1, maximum: 5 }),
  () => ({ type: 'string' }),
];

/** A schema with this many fields, called `field_1` and so on. */
export function formSchema(fields: number): object {
  const names = Array.from({ length: fields }, (_, index) => `field_${index + 1}`);
  return {
    type: 'object',
    required: names.filter((_, index) => index % 5 === 0),
    properties: Object.fromEntries(
      names.map((name, index) => [name, KINDS[index % KINDS.length]?.(index) ?? {}]),
    ),
  };
}

/** As many labelled inputs without any code. */
export function bareForm(fields: number): string {
  return Array.from(
    { length: fields },
    (_, index) => `<p><label>Field <input id="field_${index + 1}"></label></p>`,
  ).join('');
}

import { expect, it } from 'vitest';
import { readSchema } from './read-schema';

const read = (schema: unknown) => readSchema(JSON.stringify(schema));

it('gives what the form is made of', () => {
  const { normalised } = read({
    type: 'object',
    properties: {
      verdict: {
        oneOf: [
          { const: 'a', title: 'A' },
          { const: 'b', title: 'B' },
        ],
      },
    },
  }) as { normalised: { properties: Record<string, unknown> } };
  expect(normalised.properties.verdict).toMatchObject({ enum: ['a', 'b'] });
});

it.each([
  ['what is not JSON', '{"type": ', /^This is not JSON yet: /],
  ['what is no object', '3', /^The schema: it must be a JSON object/],
  [
    'a misspelt type',
    '{"properties": {"a": {"type": "strng"}}}',
    /^\/properties\/a\/type: a type is/,
  ],
  ['a keyword of the wrong kind', '{"required": "a"}', /^\/required: this value cannot stand here/],
  ['a reference to elsewhere', '{"$ref": "https://example.com/a"}', /^\/\$ref: .* not inside/],
  ['a reference to nothing', '{"$ref": "#/$defs/a"}', /^\/\$ref: .* points at no schema/],
  ['a reference without end', '{"$ref": "#"}', /without end/],
])('says what is wrong with %s', (_what, text, words) => {
  expect((readSchema(text) as { fault: string }).fault).toMatch(words);
});

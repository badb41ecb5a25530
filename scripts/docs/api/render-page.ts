import { CALLS } from './calls';
import { type Operation, operations } from './document';
import { type Language, readAllExamples } from './examples';
import { fieldsOf, type Places } from './fields';
import { fence, prose } from './markdown';
import { API_PAGES, type ApiPage } from './pages';
import { fieldTable, renderOperation } from './render-operation';
import { plain } from './type-words';

/** The heading of each separately documented object, by its name in the document. */
const PLACES: Places = new Map(
  API_PAGES.flatMap(({ name, objects }) =>
    objects.flatMap((object) => {
      const place = `/docs/api/${name}#${object.toLowerCase()}`;
      // Request objects share the fields of the response object.
      return [
        [object, place],
        [`${object}Input`, place],
      ] as const;
    }),
  ),
);

/** Renders a page of the reference. */
export function renderPage(page: ApiPage): string {
  const examples = page.hasExamples ? readAllExamples(page.name) : [];
  const exampleOf = (id: string): [Language, string][] =>
    examples.flatMap(([language, all]) => {
      const code = all.get(id);
      return code === undefined ? [] : [[language, code]];
    });
  const shown = new Map<string, number>();
  return [
    `---\ntitle: ${page.title}\ndescription: ${page.description}\n---`,
    '{/* Written by npm run docs:generate from public/openapi.json and docs/api-examples. */}',
    page.hasExamples ? clientPart(exampleOf('client')) : '',
    ...ordered(page.tag).map((operation) =>
      renderOperation(operation, exampleOf(operation.id), PLACES, shown),
    ),
    ...page.objects.map(renderObject),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function clientPart(examples: [Language, string][]): string {
  return [
    'The examples go on from one to the next and begin with a client. The key is read from `HUMANRAIL_API_KEY`.',
    '<CodeTabs>',
    ...examples.map(([language, code]) => fence(language, code)),
    '</CodeTabs>',
  ].join('\n\n');
}

/** A tag's operations in the order of `CALLS`; those without an SDK method last. */
function ordered(tag: string): Operation[] {
  const order = Object.keys(CALLS);
  const rank = ({ id }: Operation) => (order.includes(id) ? order.indexOf(id) : order.length);
  return operations.filter((one) => one.tag === tag).toSorted((a, b) => rank(a) - rank(b));
}

function renderObject(name: string): string {
  const schema = plain({ $ref: `#/components/schemas/${name}` });
  const others = new Map([...PLACES].filter(([object]) => !object.startsWith(name)));
  return [`## ${name}`, prose(schema.description ?? ''), fieldTable(fieldsOf(schema, others))].join(
    '\n\n',
  );
}

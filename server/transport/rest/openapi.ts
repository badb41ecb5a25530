import { type ZodObject, type ZodType, z } from 'zod';
import { ANSWER_HEADERS, COMPONENTS, ERROR_SCHEMA } from './openapi-components';
import { errorResponses } from './openapi-errors';
import type { Operation, SuccessAnswer } from './operation';

type Json = Record<string, unknown>;

/** Converts zod schemas to JSON Schema, and collects the named ones. */
class Schemas {
  readonly components: Json = {};

  /** The JSON Schema of a request (`input`) or a response (`output`). */
  of(schema: ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _draft,
      $defs,
      ...json
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // Responses may gain fields; clients must not reject them.
        if (io === 'output' && jsonSchema.additionalProperties === false) {
          delete jsonSchema.additionalProperties;
        }
        // zod's default bound for integers is noise.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        // The names of a JSON object are always strings.
        if (JSON.stringify(jsonSchema.propertyNames) === '{"type":"string"}') {
          delete jsonSchema.propertyNames;
        }
        delete jsonSchema.id;
      },
    }) as Json;
    for (const [name, definition] of Object.entries(($defs as Json | undefined) ?? {})) {
      this.name(nameOf(name, io), withoutSchemaNoise(definition, io));
    }
    return withoutSchemaNoise(json, io) as Json;
  }

  private name(name: string, definition: unknown): void {
    const known = this.components[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`Two different schemas are named ${name}; rename one of them.`);
    }
    this.components[name] = definition;
  }
}

/** Requests and responses may differ by defaults, so they get separate names. */
function nameOf(name: string, io: 'input' | 'output'): string {
  return io === 'input' ? `${name}Input` : name;
}

/** Rewrites references to zod's `$defs` to components. */
function withoutSchemaNoise(value: unknown, io: 'input' | 'output'): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSchemaNoise(item, io));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === '$ref' && typeof inner === 'string' && inner.startsWith('#/$defs/')) {
        return [key, `#/components/schemas/${nameOf(inner.slice('#/$defs/'.length), io)}`];
      }
      return [key, withoutSchemaNoise(inner, io)];
    }),
  );
}

function exampleOf(value: unknown): Json {
  return value === undefined ? {} : { example: value };
}

function parametersOf(operation: Operation, schemas: Schemas): Json[] {
  const from = (place: 'path' | 'query', shape: ZodObject | undefined): Json[] => {
    if (!shape) return [];
    const { properties, required } = schemas.of(shape, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties ?? {}).map(([name, { description, ...schema }]) => ({
      name,
      in: place,
      required: place === 'path' || (required?.includes(name) ?? false),
      ...(description === undefined ? {} : { description }),
      ...(schema.type === 'object' ? { style: 'deepObject', explode: true } : {}),
      ...(place === 'path' ? exampleOf(operation.example?.params?.[name]) : {}),
      schema,
    }));
  };
  const key = { $ref: '#/components/parameters/IdempotencyKey' };
  return [
    ...from('path', operation.params),
    ...from('query', operation.query),
    ...Object.entries(operation.headers).map(([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    })),
    ...(operation.idempotency === 'none' ? [] : [key]),
  ];
}

function successOf(answer: SuccessAnswer, operation: Operation, schemas: Schemas): Json {
  const replayed =
    operation.idempotency === 'none'
      ? {}
      : { 'Idempotent-Replayed': { $ref: '#/components/headers/Idempotent-Replayed' } };
  const type = answer.contentType ?? 'application/json';
  return {
    description: answer.description,
    headers: { ...ANSWER_HEADERS, ...replayed },
    ...(answer.schema
      ? {
          content: {
            [type]: {
              schema: schemas.of(answer.schema, 'output'),
              ...exampleOf(operation.example?.answer),
            },
            ...Object.fromEntries(
              Object.entries(answer.alternatives ?? {}).map(([other, schema]) => [
                other,
                { schema: schemas.of(schema, 'output') },
              ]),
            ),
          },
        }
      : {}),
  };
}

/** Each entry is an authentication scheme; none is required without entries. */
function securityOf({ public: isPublic, takesToken }: Operation): Json[] {
  return [...(isPublic ? [] : [{ apiKey: [] }]), ...(takesToken ? [{ l402: [] }] : [])];
}

function operationOf(operation: Operation, schemas: Schemas): Json {
  const example = operation.example;
  const successes = Object.entries(operation.responses).map(([status, answer]) => [
    status,
    successOf(answer, operation, schemas),
  ]);
  const responses = { ...Object.fromEntries(successes), ...errorResponses(operation) };
  const parameters = parametersOf(operation, schemas);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description ? { description: operation.description } : {}),
    ...(operation.scope ? { 'x-scope': operation.scope } : {}),
    security: securityOf(operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body
      ? {
          requestBody: {
            required: !operation.bodyOptional,
            content: {
              'application/json': {
                schema: schemas.of(operation.body, 'input'),
                ...exampleOf(example?.body),
              },
            },
          },
        }
      : {}),
    // Statuses are integer-like keys, which JavaScript keeps in ascending order.
    responses,
  };
}

/** An event posted to endpoints. */
interface ReceivedEvent
  extends Readonly<Record<'operationId' | 'summary' | 'description', string>> {
  schema: ZodType;
  example: unknown;
}

/** The document's content besides the operations. */
interface About {
  /** Events posted to endpoints, by name. */
  webhooks?: Readonly<Record<string, ReceivedEvent>>;
  /** A description of each tag. */
  tags?: Readonly<Record<string, string>>;
}

/**
 * The OpenAPI 3.1 document of the API, in the order of `operations`; deterministic.
 * @throws Error if two operations share an ID, or two schemas a name.
 */
export function openApiDocument(
  operations: readonly Operation[],
  { webhooks = {}, tags: told = {} }: About = {},
): Json {
  const schemas = new Schemas();
  const paths: Record<string, Json> = {};
  const ids = new Set<string>();
  for (const operation of operations) {
    if (ids.has(operation.id)) throw new Error(`Two operations are called ${operation.id}.`);
    ids.add(operation.id);
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationOf(operation, schemas),
    };
  }
  const tags = [...new Set(operations.map((operation) => operation.tag))];
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'HumanRail',
      version: '1.0.0',
      description:
        'Ask a person: create a task with a JSON Schema, get a verified answer. Money is in whole sats, times are ISO 8601 in UTC.',
      contact: { name: 'HumanRail', url: 'https://humanrail.dev' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name, ...(told[name] ? { description: told[name] } : {}) })),
    paths,
    webhooks: Object.fromEntries(
      Object.entries(webhooks).map(([name, event]) => [name, { post: webhookOf(event, schemas) }]),
    ),
  };
  const named = Object.entries(schemas.components).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const components = {
    ...COMPONENTS,
    schemas: { Error: ERROR_SCHEMA, ...Object.fromEntries(named) },
  };
  return { ...document, components };
}

function webhookOf(
  { operationId, schema, example, ...said }: ReceivedEvent,
  schemas: Schemas,
): Json {
  return {
    operationId,
    tags: ['Webhooks'],
    ...said,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemas.of(schema, 'output'), example } },
    },
    responses: { 200: { description: 'Any 2xx within 15 seconds counts as delivered.' } },
  };
}

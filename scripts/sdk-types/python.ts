import type {
  Definition,
  EnumDefinition,
  Field,
  Model,
  ObjectDefinition,
  Type,
  UnionDefinition,
} from './model';
import { answerClass, docLines, literalOf, paramsClass, sourceFile } from './python-source';

const HOME = 'sdks/python/src/humanrail/types';

/**
 * Written by hand in the SDK: a batch's results contain errors of the SDK's own classes, and calls
 * other than a create take the body's fields as keyword arguments.
 */
const BY_HAND: ReadonlySet<string> = new Set([
  'BatchError',
  'BatchFailure',
  'BatchResult',
  'BatchTask',
  'TaskBatch',
  'CreateGold',
  'CreateWebhook',
  'PutTaskType',
  'ReplayDeliveries',
  'UpdateWebhook',
]);

/** Where a type is used: responses are dataclasses, requests TypedDicts. */
type Side = 'answered' | 'sent';

/**
 * Emits the Python SDK's types. Enums are literals; responses are frozen dataclasses, requests
 * TypedDicts whose names end in `Params`, and a type used in both has one of each.
 */
export function emitPython(model: Model): Record<string, string> {
  return new PythonEmitter(model).files();
}

class PythonEmitter {
  constructor(private readonly model: Model) {}

  files(): Record<string, string> {
    const shown = this.model.definitions.filter(({ name }) => !BY_HAND.has(name));
    const enums = shown.filter(isEnum);
    const answered = shown.filter(isObject).filter((one) => one.answered);
    const sent = shown.filter(isObject).filter((one) => one.sent);
    const unions = shown.filter(isUnion).filter((one) => one.sent);
    const bodies = {
      _enums: enums.map((one) => enumSource(one)),
      _answers: answered.map((one) => this.answer(one)),
      _params: [
        ...sent.map((one) => this.params(one)),
        // After the classes they refer to.
        ...unions.map((one) => this.union(one)),
      ],
    };
    const names = {
      _enums: enums.map(({ name }) => name),
      _answers: answered.map(({ name }) => name),
      _params: [...sent, ...unions].map(paramsName).toSorted(),
    };
    const sources = Object.entries(bodies).map(([file, body]) => [
      `${HOME}/${file}.py`,
      sourceFile(
        TITLES[file as keyof typeof TITLES],
        body,
        file === '_enums' ? {} : { '._enums': names._enums },
      ),
    ]);
    return { ...Object.fromEntries(sources), [`${HOME}/__init__.py`]: indexFile(names) };
  }

  private answer({ name, description, fields }: ObjectDefinition): string {
    return answerClass(
      name,
      description,
      fields.map((field) => ({
        name: field.name,
        type: orNone(this.type(field.type, 'answered'), field.nullable || !field.required),
        required: field.required,
        doc: field.description,
      })),
    );
  }

  private params(definition: ObjectDefinition): string {
    return paramsClass(
      paramsName(definition),
      definition.description,
      definition.fields.map((field: Field) => ({
        name: field.name,
        type: orNone(this.type(field.type, 'sent'), field.nullable),
        required: field.required,
        doc: field.description,
      })),
    );
  }

  private union(definition: UnionDefinition): string {
    const variants = definition.variants.map((name) => paramsName(this.model.get(name)));
    const text = `${paramsName(definition)}: TypeAlias = ${variants.join(' | ')}`;
    return [text, ...docLines(definition.description)].join('\n');
  }

  private type(type: Type, side: Side): string {
    switch (type.kind) {
      case 'string':
        return stringType(type.format, side);
      case 'integer':
        return 'int';
      case 'number':
        return 'float';
      case 'boolean':
        return 'bool';
      case 'null':
        return 'None';
      case 'const':
        return `Literal[${literalOf(type.value)}]`;
      case 'array':
        return `${side === 'sent' ? 'Sequence' : 'list'}[${this.type(type.items, side)}]`;
      case 'map':
        return `${side === 'sent' ? 'Mapping' : 'dict'}[str, ${this.type(type.values, side)}]`;
      case 'union':
        return type.of.map((one) => this.type(one, side)).join(' | ');
      case 'ref': {
        const definition = this.model.get(type.name);
        return side === 'sent' ? paramsName(definition) : definition.name;
      }
      default:
        return 'Any';
    }
  }
}

const TITLES = {
  _enums: 'Values of fields that take one of a few.',
  _answers: 'What the API answers.',
  _params: 'What is sent to the API.',
} as const;

const isEnum = (one: Definition): one is EnumDefinition => one.kind === 'enum';
const isObject = (one: Definition): one is ObjectDefinition => one.kind === 'object';
const isUnion = (one: Definition): one is UnionDefinition => one.kind === 'union';

function paramsName({ kind, name }: Definition): string {
  return kind === 'enum' ? name : `${name}Params`;
}

function stringType(format: string | undefined, side: Side): string {
  const moment = format === 'date-time' ? 'datetime' : format === 'date' ? 'date' : undefined;
  if (!moment) return 'str';
  return side === 'sent' ? `${moment} | str` : moment;
}

function orNone(type: string, nullable: boolean): string {
  return nullable && type !== 'Any' ? `${type} | None` : type;
}

function enumSource({ name, description, values }: EnumDefinition): string {
  const lines = values.map((value) => `    ${literalOf(value)},`);
  return [`${name}: TypeAlias = Literal[`, ...lines, ']', ...docLines(description)].join('\n');
}

function indexFile(names: Record<string, string[]>): string {
  const imports = Object.entries(names)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, all]) => `from .${file} import (\n${all.map((one) => `    ${one},\n`).join('')})`);
  const exported = Object.values(names)
    .flat()
    .toSorted()
    .map((name) => `    "${name}",\n`);
  return sourceFile(
    'The types of the API.',
    [`${imports.join('\n')}\n\n__all__ = [\n${exported.join('')}]`],
    {},
  );
}

import type { Definition, Field, Model, ObjectDefinition, Type } from './model';
import { camelCase, type Member, sourceFile, type TsType } from './typescript-source';

const HOME = 'sdks/typescript/src/types/generated';

/** Written by hand in the SDK, because their types depend on the output's or the status's type. */
const BY_HAND: ReadonlySet<string> = new Set([
  'BatchFailure',
  'BatchResult',
  'BatchTask',
  'ReplayDeliveries',
  'TaskBatch',
  'WebhookEvent',
]);

/** Names used by the SDK before others were derived. */
const NAMES: Readonly<Record<string, string>> = {
  CreateDeposit: 'CreateDepositParams',
  CreateGold: 'CreateGoldParams',
  CreateTask: 'CreateTaskFields',
  CreateWebhook: 'CreateWebhookParams',
  PutTaskType: 'TaskTypeParams',
  Redundancy: 'RedundancyParams',
  Rule: 'TaskTypeRule',
  Task: 'TaskFields',
  TaskRedundancy: 'Redundancy',
  UpdateWebhook: 'UpdateWebhookParams',
};

/** Returned as signed, so their fields keep the wire's names. */
const VERBATIM = /^(Receipt|PaymentProof)/;

/** Fields added by hand in the SDK, with types that the document cannot express. */
const WITHOUT: ReadonlySet<string> = new Set([
  'CreateTask.output_schema',
  'Task.output',
  'Task.status',
]);

/** Types more precise than the document's; all of them are in `../base.ts`. */
const BETTER: Readonly<Record<string, string>> = {
  'CreateTask.metadata': 'Readonly<Metadata>',
  'PutTaskType.output_schema': 'JsonSchema',
  'Receipt.status': 'TerminalStatus',
  'Task.metadata': 'Metadata',
};
const BASE_TYPES = ['JsonObject', 'JsonSchema', 'Metadata', 'TerminalStatus'];

/**
 * Emits the TypeScript SDK's types: interfaces in camelCase, unions of strings, and lists that are
 * readonly if they are only sent.
 */
export function emitTypeScript(model: Model): Record<string, string> {
  return new TypeScriptEmitter(model).files();
}

class TypeScriptEmitter {
  /** All field names, to distinguish them from other quoted words in descriptions. */
  private readonly fieldNames: ReadonlySet<string>;

  constructor(private readonly model: Model) {
    this.fieldNames = new Set(
      model.definitions.flatMap((one) =>
        one.kind === 'object' ? one.fields.map(({ name }) => name) : [],
      ),
    );
  }

  files(): Record<string, string> {
    const shown = this.model.definitions.filter(({ name }) => !BY_HAND.has(name));
    const isPolicy = ({ name }: Definition) => name.startsWith('VerificationPolicy');
    const isTask = ({ name }: Definition) =>
      /^(Task(?!Type)|Batch|Quote|StageReport|Failure|Expected)/.test(name);
    const isUsage = ({ name }: Definition) => /^Usage|Balance$|^Deposit$|^L402/.test(name);
    const sentOnly = ({ sent, answered }: Definition) => sent && !answered;
    const fileOf = (one: Definition): string => {
      if (one.kind === 'enum') return 'enums';
      if (isPolicy(one)) return 'policy';
      if (VERBATIM.test(one.name)) return 'receipts';
      if (sentOnly(one)) return 'params';
      if (isUsage(one)) return 'usage';
      return isTask(one) ? 'tasks' : 'account';
    };
    const groups = new Map<string, TsType[]>();
    const homes = new Map<string, string>();
    for (const definition of shown) {
      const file = fileOf(definition);
      groups.set(file, [...(groups.get(file) ?? []), this.type(definition)]);
      homes.set(nameOf(definition.name), `./${file}.js`);
    }
    for (const name of BASE_TYPES) homes.set(name, '../base.js');
    return Object.fromEntries(
      [...groups].map(([file, types]) => [
        `${HOME}/${file}.ts`,
        sourceFile(types, homes, `./${file}.js`),
      ]),
    );
  }

  private type(definition: Definition): TsType {
    const { kind, description } = definition;
    const name = nameOf(definition.name);
    const doc = description && this.words(definition.name, description);
    if (kind === 'enum') {
      return { kind: 'union', name, doc, of: definition.values.map((one) => quoted(one)) };
    }
    if (kind === 'union') return { kind: 'union', name, doc, of: definition.variants.map(nameOf) };
    const members = definition.fields
      .filter((field) => !WITHOUT.has(`${definition.name}.${field.name}`))
      .map((field) => this.member(definition, field));
    return { kind: 'interface', name, doc, members };
  }

  private member(parent: ObjectDefinition, field: Field): Member {
    const isSent = parent.sent && !parent.answered;
    const type = BETTER[`${parent.name}.${field.name}`] ?? typeText(field.type, isSent);
    return {
      name: VERBATIM.test(parent.name) ? field.name : camelCase(field.name),
      type: field.nullable ? `${type} | null` : type,
      optional: !field.required,
      doc: field.description && this.words(parent.name, field.description),
    };
  }

  /** A description with quoted field names spelled as in this language. */
  private words(parent: string, description: string): string {
    if (VERBATIM.test(parent)) return description;
    return description.replace(/`([a-z0-9_]+)`/g, (whole, name: string) =>
      this.fieldNames.has(name) ? `\`${camelCase(name)}\`` : whole,
    );
  }
}

function typeText(type: Type, isSent: boolean): string {
  switch (type.kind) {
    case 'string':
      return isSent && type.format === 'date-time' ? 'Date | string' : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
    case 'null':
      return type.kind;
    case 'json':
      return 'unknown';
    case 'const':
      return typeof type.value === 'string' ? quoted(type.value) : String(type.value);
    case 'array': {
      const items = typeText(type.items, isSent);
      const list = items.includes(' | ') ? `(${items})[]` : `${items}[]`;
      return isSent ? `readonly ${list}` : list;
    }
    case 'map': {
      const values = typeText(type.values, isSent);
      const map = values === 'unknown' ? 'JsonObject' : `Record<string, ${values}>`;
      return isSent ? `Readonly<${map}>` : map;
    }
    case 'union':
      return type.of.map((one) => typeText(one, isSent)).join(' | ');
    case 'ref':
      return nameOf(type.name);
  }
}

function nameOf(name: string): string {
  return NAMES[name] ?? name;
}

function quoted(text: string): string {
  return `'${text}'`;
}

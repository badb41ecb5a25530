import { type GoType, goName, type StructField, sourceFile } from './go-source';
import type { Definition, Field, Model, Type, UnionDefinition } from './model';

/** For these, an omitted field stays unchanged, so an empty string or list is a separate value. */
const PATCHES: ReadonlySet<string> = new Set(['UpdateWebhook']);

/** Accepts any such JSON: a map, a JSON text that preserves order, or a struct. */
const OPEN_FIELDS: ReadonlySet<string> = new Set(['output_schema']);

/** Written by hand in the SDK, with fields that the document cannot express. */
const BY_HAND: ReadonlySet<string> = new Set(['WebhookEvent']);

/**
 * Emits the Go SDK's types. Objects are structs, and a union of objects is one struct with the
 * fields of all variants; nullable fields are pointers, and so are optional ones whose zero value
 * has a meaning.
 */
export function emitGo(model: Model): Record<string, string> {
  return new GoEmitter(model).files('sdks/go');
}

class GoEmitter {
  constructor(private readonly model: Model) {}

  files(home: string): Record<string, string> {
    const merged = new Set(
      this.model.definitions.flatMap((one) => (one.kind === 'union' ? one.variants : [])),
    );
    const shown = this.model.definitions.filter(
      ({ name }) => !merged.has(name) && !BY_HAND.has(name),
    );
    const groups: Record<string, Definition[]> = {};
    for (const definition of shown) {
      const group = groupOf(definition);
      groups[group] = [...(groups[group] ?? []), definition];
    }
    return Object.fromEntries(
      Object.entries(groups).map(([file, definitions]) => [
        `${home}/${file}_gen.go`,
        sourceFile(definitions.flatMap((definition) => this.types(definition))),
      ]),
    );
  }

  private types(definition: Definition): GoType[] {
    const { name, description } = definition;
    if (definition.kind === 'enum') {
      return [{ kind: 'enum', name: goName(name), doc: description, values: definition.values }];
    }
    if (definition.kind === 'union') return this.merge(definition);
    const fields = definition.fields.map((field) => {
      const own = this.field(field, PATCHES.has(name));
      return definition.request && OPEN_FIELDS.has(field.name) ? { ...own, type: 'any' } : own;
    });
    const open = definition.request;
    return [{ kind: 'struct', name: this.nameOf(definition), doc: description, fields, open }];
  }

  /** One struct for all variants: a field missing in some of them is optional. */
  private merge({ name, description, variants }: UnionDefinition): GoType[] {
    const objects = variants.map((variant) => this.model.get(variant));
    const byName = new Map<string, Field[]>();
    for (const object of objects) {
      if (object.kind !== 'object') throw new Error(`${name} has a variant that is no object.`);
      for (const field of object.fields) {
        byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
      }
    }
    const enums: GoType[] = [];
    const fields = [...byName.values()].map((found): StructField => {
      const [first] = found as [Field, ...Field[]];
      const everywhere = found.length === objects.length;
      const required = everywhere && found.every((field) => field.required);
      const values = found.flatMap(({ type }) =>
        type.kind === 'const' && typeof type.value === 'string' ? [type.value] : [],
      );
      if (values.length < found.length) {
        // If the variants' descriptions differ, none is used.
        const same = found.every(({ description: doc }) => doc === first.description);
        const { description: doc, ...plain } = first;
        return this.field({ ...plain, required, ...(same && doc ? { description: doc } : {}) });
      }
      const type = goName(`${name}_${first.name}`);
      enums.push({ kind: 'enum', name: type, doc: undefined, values });
      return { name: goName(first.name), type, wire: first.name, omitEmpty: !required, doc: '' };
    });
    return [
      { kind: 'struct', name: goName(name), doc: description, fields, open: false },
      ...enums,
    ];
  }

  private field(field: Field, isPatch = false): StructField {
    return {
      name: goName(field.name),
      type: this.fieldType(field, isPatch),
      wire: field.name,
      omitEmpty: !field.required,
      doc: field.description ?? '',
    };
  }

  private fieldType(field: Field, isPatch: boolean): string {
    const { type, required, allowsZero } = field;
    const plain = this.type(type);
    // Optional fields are omitted instead of sent as null.
    const nullable = field.nullable && required;
    switch (type.kind) {
      case 'json':
      case 'union':
      case 'map':
        return plain;
      case 'array':
        return isPatch && !required ? `*${plain}` : plain;
      case 'ref': {
        const isEnum = this.model.get(type.name).kind === 'enum';
        return nullable || (!required && !isEnum) ? `*${plain}` : plain;
      }
      case 'string':
        return nullable || (isPatch && !required && allowsZero) || isMoment(type, required)
          ? `*${plain}`
          : plain;
      default:
        return nullable || (!required && allowsZero) ? `*${plain}` : plain;
    }
  }

  private type(type: Type): string {
    switch (type.kind) {
      case 'string':
        return type.format === 'date-time' ? 'time.Time' : 'string';
      case 'integer':
        return 'int';
      case 'number':
        return 'float64';
      case 'boolean':
        return 'bool';
      case 'const':
        return typeof type.value === 'string' ? 'string' : 'bool';
      case 'array':
        return `[]${this.type(type.items)}`;
      case 'map':
        return `map[string]${this.type(type.values)}`;
      case 'ref':
        return this.nameOf(this.model.get(type.name));
      default:
        return 'any';
    }
  }

  private nameOf(definition: Definition): string {
    const isRequest = definition.kind === 'object' && definition.request;
    return `${goName(definition.name)}${isRequest ? 'Request' : ''}`;
  }
}

/** The file that contains a type. */
function groupOf({ kind, name, sent, answered }: Definition): string {
  if (kind === 'enum') return 'enums';
  if (/^(VerificationPolicy|TaskType$|Rule$)/.test(name)) return 'task_types';
  if (sent && !answered) return 'requests';
  if (/Webhook|Deliver|Callback/.test(name)) return 'webhooks';
  return /^Usage|Balance$|^Deposit$/.test(name) ? 'usage' : 'answers';
}

/** `omitempty` never omits a time.Time, only a pointer to one. */
function isMoment(type: Type, required: boolean): boolean {
  return type.kind === 'string' && type.format === 'date-time' && !required;
}

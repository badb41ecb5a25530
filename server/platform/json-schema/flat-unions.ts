/**
 * `anyOf` and `oneOf` for ajv, whose own implementations nest the code of the branches: a thousand
 * branches take seconds to compile, and more overflow the stack.
 */
import {
  _,
  type Ajv,
  type AnySchema,
  type Code,
  type CodeKeywordDefinition,
  type KeywordCxt,
  Name,
} from 'ajv';
import { alwaysValidSchema, evaluatedPropsToName } from 'ajv/dist/compile/util.js';

/** The code of one branch, whose outcome is in `valid` afterwards. */
function branchCode(cxt: KeywordCxt, index: number, valid: Name) {
  return cxt.subschema({ keyword: cxt.keyword, schemaProp: index, compositeRule: true }, valid);
}

/** Known parts must be in variables before optional branches add to them. */
function keepKnownParts({ gen, it }: KeywordCxt): void {
  if (!it.opts.unevaluated) return;
  if (typeof it.props === 'object' && !(it.props instanceof Name)) {
    it.props = evaluatedPropsToName(gen, it.props);
  }
  if (typeof it.items === 'number') it.items = gen.var('items', it.items);
}

function conclude(cxt: KeywordCxt, valid: Code): void {
  cxt.result(
    valid,
    () => cxt.reset(),
    () => cxt.error(true),
  );
}

const anyOf: CodeKeywordDefinition = {
  keyword: 'anyOf',
  schemaType: 'array',
  trackErrors: true,
  before: 'allOf',
  error: { message: 'must match a schema in anyOf' },
  code(cxt) {
    const { gen, it } = cxt;
    const branches = cxt.schema as AnySchema[];
    if (branches.some((branch) => alwaysValidSchema(it, branch)) && !it.opts.unevaluated) return;
    keepKnownParts(cxt);
    const valid = gen.let('valid', false);
    const branchValid = gen.name('_valid');
    branches.forEach((_branch, index) => {
      const run = () => {
        const branch = branchCode(cxt, index, branchValid);
        gen.assign(valid, _`${valid} || ${branchValid}`);
        cxt.mergeValidEvaluated(branch, branchValid);
      };
      // Later branches may be skipped unless evaluated parts must be tracked.
      if (it.opts.unevaluated) run();
      else gen.if(_`!${valid}`, run);
    });
    conclude(cxt, valid);
  },
};

const oneOf: CodeKeywordDefinition = {
  keyword: 'oneOf',
  schemaType: 'array',
  trackErrors: true,
  before: 'allOf',
  error: {
    message: 'must match exactly one schema in oneOf',
    params: ({ params }) => _`{passingSchemas: ${params.passing}}`,
  },
  code(cxt) {
    const { gen } = cxt;
    keepKnownParts(cxt);
    const passing = gen.let('passing', _`null`);
    cxt.setParams({ passing });
    const valid = gen.let('valid', false);
    const several = gen.let('several', false);
    const branchValid = gen.name('_valid');
    (cxt.schema as AnySchema[]).forEach((_branch, index) => {
      gen.if(_`!${several}`, () => {
        const branch = branchCode(cxt, index, branchValid);
        gen.if(_`${branchValid} && ${valid}`, () => {
          gen.assign(several, true).assign(passing, _`[${passing}, ${index}]`);
        });
        gen.if(_`${branchValid} && !${valid}`, () => {
          gen.assign(valid, true).assign(passing, index);
          cxt.mergeEvaluated(branch, Name);
        });
      });
    });
    conclude(cxt, _`${valid} && !${several}`);
  },
};

/** Replaces the two keywords of an engine. */
export function useFlatUnions(ajv: Ajv): void {
  for (const union of [anyOf, oneOf]) {
    ajv.removeKeyword(String(union.keyword)).addKeyword(union);
  }
}

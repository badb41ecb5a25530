/** From votes on fields to one answer that the schema accepts. */
import type { VerificationPolicy } from '../policy';
import type { CrowdModel, Json, JsonObject, OutputCheck } from '../stage';
import { type Ballot, type FieldResult, voteOnField } from './field-vote';
import { decisiveFields, type Field, fieldsOf } from './fields';
import { labelKey, valueAt, withValueAt } from './json-value';
import { medoid } from './text-similarity';

export interface Consensus {
  output: Json;
  /** P(every decisive field is right): the product over them. */
  confidence: number;
  /** A decisive field has no unique winner. */
  tie: boolean;
  /** What the other voters said, in the order of the ballots. */
  dissent: Json[];
  /** `voter`: a voter's whole answer; `fields`: put together from several. */
  source: 'voter' | 'fields';
  fields: FieldResult[];
}

export interface CombineOptions {
  policy: VerificationPolicy['consensus'];
  validateOutput: (output: unknown) => OutputCheck;
  crowdModel?: CrowdModel;
}

/**
 * Finds the answer of at least one ballot. Preferred is a voter who said the winner in every
 * decisive field (with the text most like the others'); then the winners put together, if the
 * schema accepts them; then the voter whose weakest field is best supported.
 *
 * A worker's accuracy is measured on whole answers. Of n decisive fields each gets the n-th root of it,
 * so that a whole answer is as sure as its voter and no field's votes look worse than they are.
 */
export function combineAnswers(
  schema: JsonObject,
  ballots: readonly Ballot[],
  options: CombineOptions,
): Consensus {
  const fields = fieldsOf(schema);
  const decisive = new Set(decisiveFields(fields));
  const perField = 1 / Math.max(1, decisive.size);
  const fieldBallots = ballots.map((b) => ({ ...b, accuracy: b.accuracy ** perField }));
  const accuracyCap = options.policy.accuracyCap ** perField;
  const fieldOptions = { ...options, policy: { ...options.policy, accuracyCap } };
  const results = fields.map((field) => voteOnField(field, fieldBallots, fieldOptions));
  const deciding = results.filter((result) => decisive.has(result.field));
  const confidence = deciding.reduce((product, result) => product * result.confidence, 1);
  const tie = deciding.some((result) => result.tie);
  const others = (chosen: number) => ballots.flatMap((b, i) => (i === chosen ? [] : [b.output]));

  const full = ballots.flatMap((_, i) => (deciding.every((r) => r.exact[i]) ? [i] : []));
  const representative = mostTypical(full, ballots, fields);
  const voter = ballots[representative];
  if (voter && options.validateOutput(voter.output).ok) {
    const dissent = others(representative);
    return { output: voter.output, confidence, tie, dissent, source: 'voter', fields: results };
  }
  const assembled = assemble(results, ballots, decisive);
  if (options.validateOutput(assembled).ok) {
    const key = labelKey(assembled);
    const dissent = ballots.map((b) => b.output).filter((output) => labelKey(output) !== key);
    return { output: assembled, confidence, tie, dissent, source: 'fields', fields: results };
  }
  return bestVoter(deciding, ballots, others, { tie, fields: results });
}

/** Of the given ballots the one whose open fields are most like the others'; −1 for none. */
function mostTypical(
  members: readonly number[],
  ballots: readonly Ballot[],
  fields: readonly Field[],
): number {
  const open = fields.filter((field) => field.kind === 'text' || field.kind === 'opaque');
  const texts = members.map((i) =>
    open.map((field) => textAt(ballots[i]?.output, field)).join('\n'),
  );
  const weights = members.map((i) => ballots[i]?.accuracy ?? 0);
  return members[medoid(texts, weights)] ?? -1;
}

function textAt(output: Json | undefined, field: Field): string {
  const value = valueAt(output, field.path);
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : labelKey(value);
}

/** The winners of all fields in one object; open fields follow the voters who agree with most of it. */
function assemble(
  results: readonly FieldResult[],
  ballots: readonly Ballot[],
  decisive: ReadonlySet<Field>,
): Json {
  const agreement = ballots.map((_, i) =>
    results.reduce((n, r) => n + (decisive.has(r.field) && r.exact[i] ? 1 : 0), 0),
  );
  const closest = ballots[agreement.indexOf(Math.max(...agreement))]?.output;
  return results.reduce<Json>((target, { field, value }) => {
    const own = decisive.has(field) ? value : valueAt(closest, field.path);
    return own === undefined ? target : withValueAt(target, field.path, own);
  }, {});
}

function bestVoter(
  deciding: readonly FieldResult[],
  ballots: readonly Ballot[],
  others: (chosen: number) => Json[],
  rest: Pick<Consensus, 'tie' | 'fields'>,
): Consensus {
  const support = ballots.map((_, i) =>
    deciding.reduce((product, result) => product * (result.support[i] ?? 0), 1),
  );
  const confidence = Math.max(...support);
  const chosen = support.indexOf(confidence);
  const output = ballots[chosen]?.output ?? null;
  return { output, confidence, dissent: others(chosen), source: 'voter', ...rest };
}

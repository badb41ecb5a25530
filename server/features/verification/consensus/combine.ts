/** Combines votes on fields to one answer that the schema accepts. */
import type { Json, JsonObject, OutputCheck } from '../stage';
import { type ConfidenceBasis, confidenceBasis } from './calibrator';
import { type Ballot, type FieldResult, type FieldVoteOptions, voteOnField } from './field-vote';
import { decisiveFields, type Field, fieldsOf } from './fields';
import { labelKey, valueAt, withValueAt } from './json-value';
import { asText, medoid } from './text-similarity';
import { together } from './together';

export interface Consensus {
  output: Json;
  /** P(every decisive field is right); see `together`. */
  confidence: number;
  /** The decisive field with the fewest labelled tasks. */
  basis: ConfidenceBasis;
  /** A decisive field has no unique winner. */
  tie: boolean;
  /** The other voters' answers, in the order of the ballots. */
  dissent: Json[];
  /** `voter`: a voter's whole answer; `fields`: combined from several. */
  source: 'voter' | 'fields';
  fields: FieldResult[];
  /** The expected confidence after 1 to 3 further votes of average workers. */
  confidenceAfter: (votes: number) => number;
}

export interface CombineOptions extends FieldVoteOptions {
  validateOutput: (output: unknown) => OutputCheck;
}

/**
 * Combines at least one ballot to an answer. Prefers a voter who gave the winner in every decisive
 * field (with the text most similar to the others'); then the winners combined, if the schema
 * accepts them; then the voter whose weakest field has the most support. Agents' guesses follow
 * people's ballots; they have weight, but are neither the answer nor dissent.
 */
export function combineAnswers(
  schema: JsonObject,
  ballots: readonly Ballot[],
  options: CombineOptions,
): Consensus {
  const fields = fieldsOf(schema);
  const decisive = new Set(decisiveFields(fields));
  const results = fields.map((field) => voteOnField(field, ballots, options));
  const deciding = results.filter((result) => decisive.has(result.field));
  const facets = deciding.flatMap((result) => result.deciding);
  const shared = {
    confidence: together(facets),
    basis: confidenceBasis(Math.min(...facets.map(({ labelled }) => labelled))),
    tie: deciding.some((result) => result.tie),
    fields: results,
    confidenceAfter: (votes: number) =>
      together(
        facets.map(({ confidenceAfter, golds }) => ({ confidence: confidenceAfter(votes), golds })),
      ),
  };
  const people = ballots.filter(({ isAgent }) => !isAgent);
  const others = (chosen: number) => people.flatMap((b, i) => (i === chosen ? [] : [b.output]));

  const full = people.flatMap((_, i) => (deciding.every((r) => r.exact[i]) ? [i] : []));
  const representative = mostTypical(full, people, fields);
  const voter = people[representative];
  if (voter && options.validateOutput(voter.output).ok) {
    const dissent = others(representative);
    return { ...shared, output: voter.output, dissent, source: 'voter' };
  }
  const assembled = assemble(results, people, decisive);
  if (options.validateOutput(assembled).ok) {
    const key = labelKey(assembled);
    const dissent = people.map((b) => b.output).filter((output) => labelKey(output) !== key);
    return { ...shared, output: assembled, dissent, source: 'fields' };
  }
  return { ...shared, ...bestVoter(deciding, people, others) };
}

/** Of the given ballots, the one whose open fields are most similar to the others'; −1 if there are none. */
function mostTypical(
  members: readonly number[],
  ballots: readonly Ballot[],
  fields: readonly Field[],
): number {
  const open = fields.filter((field) => field.kind === 'text' || field.kind === 'opaque');
  const texts = members.map((i) =>
    open.map((field) => textAt(ballots[i]?.output, field)).join('\n'),
  );
  const equal = members.map(() => 1);
  return members[medoid(texts, equal)] ?? -1;
}

function textAt(output: Json | undefined, field: Field): string {
  const value = valueAt(output, field.path);
  return value === undefined || value === null ? '' : asText(value);
}

/** The winners of all fields in one object; open fields come from the voters who agree with most of it. */
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
): Pick<Consensus, 'output' | 'confidence' | 'dissent' | 'source'> {
  const support = ballots.map((_, i) =>
    together(
      deciding
        .flatMap((result) => result.deciding)
        .map((facet) => ({ confidence: facet.support[i] ?? 0, golds: facet.golds })),
    ),
  );
  const confidence = Math.max(...support);
  const chosen = support.indexOf(confidence);
  const output = ballots[chosen]?.output ?? null;
  return { output, confidence, dissent: others(chosen), source: 'voter' };
}

/** One field's vote: each ballot's value, the winning value, and its confidence. */
import type { Json } from '../stage';
import type { Ballot, Cast, FacetResult, FieldVoteOptions, ValueResult } from './ballot';
import { calibrate } from './calibrator';
import { FacetVote, type LabelledResult } from './facet-vote';
import { type Facet, facetsOf, IN, OUT, PRESENT, presenceOf } from './facets';
import type { Field } from './fields';
import { labelKey, valueAt } from './json-value';
import {
  agreementOf,
  combineStructured,
  type StructuredKind,
  sameFrom,
  sameJson,
  structuredSimilarity,
} from './kinds/structured';
import { type NumberField, numberOf, voteOnNumbers } from './number-vote';
import { rightOrNot, voteOnSet } from './set-vote';
import { asText, groupsOf, textSimilarity } from './text-similarity';
import { together } from './together';

export type { Ballot, FacetResult, FieldVoteOptions } from './ballot';

export interface FieldResult {
  field: Field;
  /** The winning value; undefined if absence wins. */
  value: Json | undefined;
  /** The facets that determine the value: its presence and its own; for a set, the set as a whole. */
  deciding: readonly FacetResult[];
  /** All facets that somebody voted on, including those made irrelevant by a winning absence. */
  facets: readonly FacetResult[];
  /** The vote on a set as a whole, whose items are its `facets`. */
  whole?: FacetResult;
  /** P(the winning value is right), over all deciding facets together. */
  confidence: number;
  tie: boolean;
  /** Per ballot: P(its own value is right). */
  support: number[];
  /** Per ballot: whether its value equals the winning one. */
  exact: boolean[];
  /** Standard error of a number, in its own unit; for dates in milliseconds. */
  standardError?: number;
  /** Agreement: mean Kendall's τ of rankings, mean similarity of transcripts and regions. */
  agreement?: number;
}

/** Minimum similarity at which a combined value counts as one that was given. */
const FITS_FROM = 0.5;

const groupsBy = (cast: readonly Cast[], isSame: (one: Json, other: Json) => boolean) =>
  groupsOf(
    cast.map(({ value }) => value),
    isSame,
  );

/** Runs the vote on one field. Needs at least one ballot. */
export function voteOnField(
  field: Field,
  ballots: readonly Ballot[],
  options: FieldVoteOptions,
): FieldResult {
  const values = ballots.map((ballot) => valueAt(ballot.output, field.path));
  const vote = new FieldVote(field, ballots.length, options);
  if (field.kind === 'categorical') {
    const found = vote.onChoice(field, ballots, values);
    return conclude(field, values, null, found, found.facets);
  }
  const presence = vote.onPresence(ballots, values);
  const cast = ballots.flatMap(({ workerId, isAgent = false }, ballot): Cast[] => {
    const value = values[ballot];
    return value === undefined || value === null ? [] : [{ ballot, workerId, value, isAgent }];
  });
  // If no person gave a value, there is nothing for a guess to be weighed with.
  const heard = cast.some(({ isAgent }) => !isAgent) ? cast : [];
  const found = vote.onValue(field, heard);
  return conclude(field, values, presence, found, found.whole ? [found.whole] : found.facets);
}

function conclude(
  field: Field,
  values: readonly (Json | undefined)[],
  presence: FacetResult | null,
  found: ValueResult,
  decisive: readonly FacetResult[],
): FieldResult {
  const said = presence?.facet.labels[presence.winner] ?? PRESENT;
  const isThere = said === PRESENT;
  const value = isThere ? found.value : said === 'null' ? null : undefined;
  const deciding = [...(presence ? [presence] : []), ...(isThere ? decisive : [])];
  const facets = [...(presence ? [presence] : []), ...found.facets];
  const key = sameKey(field, value);
  return {
    field,
    value,
    deciding,
    facets,
    confidence: together(deciding),
    tie: deciding.some((facet) => facet.tie),
    support: values.map((_, i) =>
      together(deciding.map(({ support, golds }) => ({ confidence: support[i] ?? 1, golds }))),
    ),
    exact: values.map((own) => sameKey(field, own) === key),
    ...(found.standardError === undefined ? {} : { standardError: found.standardError }),
    ...(found.agreement === undefined ? {} : { agreement: found.agreement }),
    ...(found.whole ? { whole: found.whole } : {}),
  };
}

/** Equal for equivalent values: a set in any order, an instant in any notation. */
function sameKey(field: Field, value: Json | undefined): string {
  if (field.kind === 'items' && Array.isArray(value)) {
    return [...new Set(value.map(labelKey))].sort().join();
  }
  const instant = field.kind === 'date' ? numberOf(field as NumberField, value) : null;
  return instant === null ? labelKey(value) : String(instant);
}

class FieldVote extends FacetVote {
  onChoice(
    field: Field & { kind: 'categorical' },
    ballots: readonly Ballot[],
    values: readonly (Json | undefined)[],
  ): ValueResult {
    const [facet] = facetsOf(field).value;
    if (!facet) return { value: undefined, facets: [] };
    const labels = values.map(labelKey);
    const result = this.byLabels(facet, ballots, labels);
    const winner = facet.labels[result.winner];
    return { value: values[labels.indexOf(winner ?? '')], facets: [result] };
  }

  onPresence(
    ballots: readonly Ballot[],
    values: readonly (Json | undefined)[],
  ): FacetResult | null {
    const { presence } = facetsOf(this.field);
    return presence ? this.byLabels(presence, ballots, values.map(presenceOf)) : null;
  }

  onValue(field: Exclude<Field, { kind: 'categorical' }>, cast: readonly Cast[]): ValueResult {
    if (cast.length === 0) return { value: undefined, facets: [] };
    switch (field.kind) {
      case 'items':
        return this.onItems(cast);
      case 'number':
      case 'date':
        return this.onNumber(field, cast);
      case 'ranking':
      case 'transcript':
      case 'regions':
        return this.onStructured(field, cast);
      case 'opaque':
        return this.onOpen(cast, groupsBy(cast, this.sameOpaque));
      default:
        return this.onText(cast);
    }
  }

  /** Similar values count together; the answer is combined from all, or from the winning ones. */
  private onStructured(field: Field & StructuredKind, cast: readonly Cast[]): ValueResult {
    const tolerance = this.options.policy.numberTolerance;
    const alike = cast.map(({ value }, i) =>
      cast.slice(0, i).map((other) => structuredSimilarity(field, value, other.value, tolerance)),
    );
    const groups = groupsOf(
      cast.map((_, i) => i),
      (i, j) => (alike[i]?.[j] ?? 0) >= sameFrom(field),
    );
    const found = this.onOpen(cast, groups);
    const [facet] = found.facets;
    const people = cast.map((each, i) => ({ ...each, group: groups[i] }));
    const votes = people.filter(({ isAgent }) => !isAgent);
    // An agent's guess is the last of them.
    const agreement = agreementOf(field, alike.slice(0, votes.length).flat());
    const told = agreement === null ? {} : { agreement };
    const weighted = (members: readonly Cast[]) =>
      combineStructured(
        field,
        members.map(({ workerId, value }) => ({ value, weight: this.weightOf(facet, workerId) })),
      );
    const winners = votes.filter(({ group }) => group === facet?.winner);
    // The combination of all is the answer, unless it is far from the values of those who are
    // right.
    const fits = (value: Json | undefined) =>
      value !== undefined &&
      winners.some((winner) => structuredSimilarity(field, value, winner.value) >= FITS_FROM);
    const all = weighted(votes);
    const value = fits(all) ? all : weighted(winners);
    return { ...found, ...told, value: value ?? found.value };
  }

  private readonly sameOpaque = (one: Json, other: Json): boolean => {
    const { numberTolerance, textSimilarity: similarity } = this.options.policy;
    return typeof one === 'string' && typeof other === 'string'
      ? textSimilarity(one, other) >= similarity
      : sameJson(one, other, numberTolerance);
  };

  /** Each possible item is voted on separately; the confidence is of all together. */
  private onItems(cast: readonly Cast[]): ValueResult {
    const { items, value: facets, whole } = facetsOf(this.field);
    const chosen = cast.map(
      ({ value }) => new Set(Array.isArray(value) ? value.map(labelKey) : []),
    );
    const saysOf = (key: string) => chosen.map((own) => (own.has(key) ? IN : OUT));
    const results = facets.map((facet, n) =>
      this.byLabels(facet, cast, saysOf(labelKey(items[n])), 1 / facets.length),
    );
    const value = items.filter((_, n) => facets[n]?.labels[results[n]?.winner ?? 0] === IN);
    return {
      value,
      facets: results,
      ...(whole ? { whole: this.onWhole(whole, cast, results) } : {}),
    };
  }

  private onWhole(
    facet: Facet,
    cast: readonly Cast[],
    items: readonly LabelledResult[],
  ): FacetResult {
    const { calibrator, labelled } = this.calibratorFor(facet);
    const result = voteOnSet(items, calibrator);
    const saysOf = (i: number) => items.map(({ posterior, said }) => posterior[said[i] ?? 0] ?? 0);
    return {
      ...result,
      facet,
      winner: 0,
      labelled,
      golds: items.reduce((sum, { golds }) => sum + golds, 0) / items.length,
      support: this.supportOf(cast, (_, i) => calibrate(rightOrNot(saysOf(i)), calibrator)[0] ?? 0),
    };
  }

  private onNumber(field: NumberField, cast: readonly Cast[]): ValueResult {
    const [facet] = facetsOf(field).value;
    const votes = cast.flatMap(({ workerId, value }) => {
      const number = numberOf(field, value);
      return number === null ? [] : [{ workerId, number, own: value }];
    });
    // Numbers out of range are compared as text.
    if (!facet || votes.length === 0) return this.onText(cast);
    const { evidence, policy } = this.options;
    const result = voteOnNumbers(field, votes, evidence[facet.key], policy);
    const { calibrator, labelled } = this.calibratorFor(facet);
    const stated = (p: number) => calibrate([p, 1 - p], calibrator)[0] ?? 0;
    const probability = result.probabilityOf(numberOf(field, result.value) ?? 0);
    const support = this.supportOf(cast, ({ value }) => {
      const number = numberOf(field, value);
      return number === null ? 0 : stated(result.probabilityOf(number));
    });
    return {
      value: result.value,
      standardError: result.standardError,
      facets: [
        {
          facet,
          value: result.value,
          posterior: Float64Array.of(probability, 1 - probability),
          winner: 0,
          confidence: stated(probability),
          tie: result.tie,
          labelled,
          golds: this.goldsOf(facet, cast),
          support,
          confidenceAfter: (further) => stated(result.probabilityAfter(further)),
        },
      ],
    };
  }

  /** Similar texts count together; the one most similar to the others is returned. */
  private onText(cast: readonly Cast[]): ValueResult {
    const { textSimilarity: similarity } = this.options.policy;
    const isSame = (one: Json, other: Json) =>
      textSimilarity(asText(one), asText(other)) >= similarity;
    return this.onOpen(cast, groupsBy(cast, isSame));
  }
}

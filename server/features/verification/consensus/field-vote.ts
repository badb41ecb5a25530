/** One field's vote: what each ballot says there, which value wins, and how sure that is. */
import type { VerificationPolicy } from '../policy';
import type { Evidence, Json } from '../stage';
import { type Calibrator, calibrate, calibratorOf, meansOf, UNFITTED } from './calibrator';
import { type Facet, facetsOf, IN, OUT, PRESENT, presenceOf } from './facets';
import type { Field } from './fields';
import { labelKey, valueAt } from './json-value';
import { type LabelResult, voteOnLabels, voteOnOpenLabels } from './label-vote';
import { type NumberField, numberOf, voteOnNumbers } from './number-vote';
import { asText, groupsOf, medoid } from './text-similarity';
import { voteGain } from './vote-gain';
import type { LabelVote } from './vote-table';

export interface Ballot {
  workerId: string;
  output: Json;
}

/** The vote on one facet. */
export interface FacetResult {
  facet: Facet;
  /**
   * P(label) by the votes, before it is calibrated. Of a number: that the winner is within the tolerance,
   * that it is not. Of an open value: the different ones that were said, and equal shares of the rest.
   */
  posterior: Float64Array;
  /** Place of the winner in the posterior. */
  winner: number;
  /** P(the winner is right), calibrated. */
  confidence: number;
  tie: boolean;
  /** Labelled tasks behind the calibration. */
  labelled: number;
  /** P(its own value is right) per ballot; 1 where it says nothing of this. */
  support: number[];
  /** The expected confidence after 1 to 3 further votes of average workers. */
  confidenceAfter: (votes: number) => number;
  /** Of a number: the value that won. */
  value?: Json;
  /** Of an open value: which of the different ones each ballot that has one says. */
  groups?: readonly number[];
}

export interface FieldResult {
  field: Field;
  /** The winning value; undefined when leaving it out wins. */
  value: Json | undefined;
  /** What the value stands on: its presence, and each of its facets. */
  deciding: readonly FacetResult[];
  /** All facets that somebody voted on, those included that a winning absence makes idle. */
  facets: readonly FacetResult[];
  /** P(the winning value is right): of all deciding facets together. */
  confidence: number;
  tie: boolean;
  /** Per ballot: P(its own value is right). */
  support: number[];
  /** Per ballot: it says exactly the winning value. */
  exact: boolean[];
  /** Standard error of a number, in its own unit; of dates in milliseconds. */
  standardError?: number;
}

export interface FieldVoteOptions {
  policy: VerificationPolicy['consensus'];
  evidence: Evidence;
}

interface Cast {
  ballot: number;
  workerId: string;
  value: Json;
}

interface ValueResult {
  value: Json | undefined;
  facets: FacetResult[];
  standardError?: number;
}

/** Holds the vote on one field. Needs at least one ballot. */
export function voteOnField(
  field: Field,
  ballots: readonly Ballot[],
  options: FieldVoteOptions,
): FieldResult {
  const values = ballots.map((ballot) => valueAt(ballot.output, field.path));
  const vote = new FieldVote(field, ballots.length, options);
  if (field.kind === 'categorical') {
    return conclude(field, values, null, vote.onChoice(field, ballots, values));
  }
  const presence = vote.onPresence(ballots, values);
  const cast = ballots.flatMap(({ workerId }, ballot): Cast[] => {
    const value = values[ballot];
    return value === undefined || value === null ? [] : [{ ballot, workerId, value }];
  });
  return conclude(field, values, presence, vote.onValue(field, cast));
}

function conclude(
  field: Field,
  values: readonly (Json | undefined)[],
  presence: FacetResult | null,
  found: ValueResult,
): FieldResult {
  const said = presence?.facet.labels[presence.winner] ?? PRESENT;
  const isThere = said === PRESENT;
  const value = isThere ? found.value : said === 'null' ? null : undefined;
  const deciding = [...(presence ? [presence] : []), ...(isThere ? found.facets : [])];
  const facets = [...(presence ? [presence] : []), ...found.facets];
  const key = sameKey(field, value);
  return {
    field,
    value,
    deciding,
    facets,
    confidence: deciding.reduce((product, facet) => product * facet.confidence, 1),
    tie: deciding.some((facet) => facet.tie),
    support: values.map((_, i) =>
      deciding.reduce((product, facet) => product * (facet.support[i] ?? 1), 1),
    ),
    exact: values.map((own) => sameKey(field, own) === key),
    ...(found.standardError === undefined ? {} : { standardError: found.standardError }),
  };
}

/** Equal for values that say the same: a set in any order, an instant in any notation. */
function sameKey(field: Field, value: Json | undefined): string {
  if (field.kind === 'items' && Array.isArray(value)) {
    return [...new Set(value.map(labelKey))].sort().join();
  }
  const instant = field.kind === 'date' ? numberOf(field as NumberField, value) : null;
  return instant === null ? labelKey(value) : String(instant);
}

class FieldVote {
  constructor(
    private readonly field: Field,
    private readonly ballots: number,
    private readonly options: FieldVoteOptions,
  ) {}

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
      default:
        return this.onText(cast);
    }
  }

  /** Each possible item is voted in or out by itself. */
  private onItems(cast: readonly Cast[]): ValueResult {
    const { items, value: facets } = facetsOf(this.field);
    const chosen = cast.map(
      ({ value }) => new Set(Array.isArray(value) ? value.map(labelKey) : []),
    );
    const results = facets.map((facet, n) => {
      const key = labelKey(items[n]);
      return this.byLabels(
        facet,
        cast,
        chosen.map((own) => (own.has(key) ? IN : OUT)),
      );
    });
    const value = items.filter((_, n) => facets[n]?.labels[results[n]?.winner ?? 0] === IN);
    return { value, facets: results };
  }

  private onNumber(field: NumberField, cast: readonly Cast[]): ValueResult {
    const [facet] = facetsOf(field).value;
    const votes = cast.flatMap(({ workerId, value }) => {
      const number = numberOf(field, value);
      return number === null ? [] : [{ workerId, number, own: value }];
    });
    // Numbers beyond all measure are compared as they are written.
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
          support,
          confidenceAfter: (further) => stated(result.probabilityAfter(further)),
        },
      ],
    };
  }

  /** Texts that are alike count together; the one most like the others of them is returned. */
  private onText(cast: readonly Cast[]): ValueResult {
    const [facet] = facetsOf(this.field).value;
    if (!facet) return { value: undefined, facets: [] };
    const { policy, evidence } = this.options;
    const texts = cast.map(({ value }) => asText(value));
    const groups = groupsOf(texts, policy.textSimilarity);
    const votes = cast.map(({ workerId }, i) => ({ workerId, label: groups[i] ?? 0 }));
    const k = Math.max(policy.openLabels, Math.max(...groups) + 2);
    const result = this.stated(facet, cast, votes, voteOnOpenLabels(votes, k, evidence[facet.key]));
    const members = cast.filter((_, i) => groups[i] === result.winner);
    const equal = members.map(() => 1);
    const best = medoid(
      members.map(({ value }) => asText(value)),
      equal,
    );
    return { value: members[best]?.value, facets: [{ ...result, groups }] };
  }

  private byLabels(
    facet: Facet,
    voters: readonly (Ballot | Cast)[],
    labels: readonly string[],
  ): FacetResult {
    const votes = voters.map(({ workerId }, i) => ({
      workerId,
      // What the schema let pass is one of them.
      label: Math.max(0, facet.labels.indexOf(labels[i] ?? '')),
    }));
    const result = voteOnLabels(votes, facet.labels.length, this.options.evidence[facet.key]);
    return this.stated(facet, voters, votes, result);
  }

  private stated(
    facet: Facet,
    voters: readonly (Ballot | Cast)[],
    votes: readonly LabelVote[],
    { posterior, winner, tie, poolAccuracy }: LabelResult,
  ): FacetResult {
    const { calibrator, labelled } = this.calibratorFor(facet);
    const stated = calibrate(posterior, calibrator);
    const confidence = stated[winner] ?? 0;
    const gain = (further: number) =>
      voteGain({ posterior, poolAccuracy, ...meansOf(calibrator) }, further);
    return {
      facet,
      posterior,
      winner,
      confidence,
      tie,
      labelled,
      support: this.supportOf(voters, (_, i) => stated[votes[i]?.label ?? 0] ?? 0),
      confidenceAfter: (further) => confidence + gain(further),
    };
  }

  private supportOf<T extends Ballot | Cast>(
    voters: readonly T[],
    probabilityOf: (voter: T, i: number) => number,
  ): number[] {
    const support = new Array<number>(this.ballots).fill(1);
    for (const [i, voter] of voters.entries()) {
      support['ballot' in voter ? voter.ballot : i] = probabilityOf(voter, i);
    }
    return support;
  }

  private calibratorFor({ key }: Facet): { calibrator: Calibrator; labelled: number } {
    const known = this.options.evidence[key]?.calibrator;
    return known
      ? { calibrator: calibratorOf(known.gains), labelled: known.labelled }
      : { calibrator: UNFITTED, labelled: 0 };
  }
}

/** The vote on one facet: the winning label, its confidence, and the worth of each ballot's own value. */
import type { Ballot, Cast, FacetResult, FieldVoteOptions, ValueResult } from './ballot';
import { type Calibrator, calibrate, calibratorOf, meansOf, UNFITTED } from './calibrator';
import { edgeElsewhere } from './elsewhere';
import { type Facet, facetsOf } from './facets';
import type { Field } from './fields';
import { type LabelResult, openWeight, voteOnLabels, voteOnOpenLabels } from './label-vote';
import { tallyOf } from './tally';
import { asText, medoid } from './text-similarity';
import { voteGain } from './vote-gain';
import type { LabelVote } from './vote-table';

/** The vote on a facet of labels. */
export interface LabelledResult extends FacetResult {
  poolAccuracy: number;
  /** Per voter, the index of the label given. */
  said: readonly number[];
}

/** Votes on the facets of one field. */
export class FacetVote {
  constructor(
    protected readonly field: Field,
    protected readonly ballots: number,
    protected readonly options: FieldVoteOptions,
  ) {}

  protected onOpen(cast: readonly Cast[], groups: readonly number[]): ValueResult {
    const [facet] = facetsOf(this.field).value;
    if (!facet) return { value: undefined, facets: [] };
    const { policy, evidence } = this.options;
    const votes = cast.map(({ workerId, isAgent }, i) => ({
      workerId,
      isAgent,
      label: groups[i] ?? 0,
    }));
    const k = Math.max(policy.openLabels, Math.max(...groups) + 2);
    const result = this.stated(facet, cast, votes, voteOnOpenLabels(votes, k, evidence[facet.key]));
    const members = cast.filter(({ isAgent }, i) => groups[i] === result.winner && !isAgent);
    const equal = members.map(() => 1);
    const best = medoid(
      members.map(({ value }) => asText(value)),
      equal,
    );
    return { value: members[best]?.value, facets: [{ ...result, groups }] };
  }

  protected byLabels(
    facet: Facet,
    voters: readonly (Ballot | Cast)[],
    labels: readonly string[],
    share = 1,
  ): LabelledResult {
    const votes = voters.map(({ workerId, isAgent = false }, i) => ({
      workerId,
      isAgent,
      // The value that the schema accepted is one of them.
      label: Math.max(0, facet.labels.indexOf(labels[i] ?? '')),
    }));
    const { evidence } = this.options;
    const edgeOf = (workerId: string) => edgeElsewhere(evidence, facet.key, workerId);
    const own = evidence[facet.key];
    const result = voteOnLabels(votes, facet.labels.length, own, share, edgeOf);
    const said = votes.map(({ label }) => label);
    const { poolAccuracy } = result;
    return { ...this.stated(facet, voters, votes, result), poolAccuracy, said };
  }

  /** Mean number of golds of the voters in this facet. */
  protected goldsOf({ key }: Facet, voters: readonly (Ballot | Cast)[]): number {
    const evidence = this.options.evidence[key];
    if (!evidence) return 0;
    const golds = voters.map(({ workerId }) => tallyOf(evidence, workerId).total);
    return golds.reduce((sum, each) => sum + each, 0) / Math.max(1, voters.length);
  }

  /** A voter's weight in a combined value: by golds, equal without any. */
  protected weightOf(facet: FacetResult | undefined, workerId: string): number {
    const evidence = facet && this.options.evidence[facet.facet.key];
    return openWeight(workerId, this.options.policy.openLabels, evidence);
  }

  protected stated(
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
      golds: this.goldsOf(facet, voters),
      support: this.supportOf(voters, (_, i) => stated[votes[i]?.label ?? 0] ?? 0),
      confidenceAfter: (further) => confidence + gain(further),
    };
  }

  protected supportOf<T extends Ballot | Cast>(
    voters: readonly T[],
    probabilityOf: (voter: T, i: number) => number,
  ): number[] {
    const support = new Array<number>(this.ballots).fill(1);
    for (const [i, voter] of voters.entries()) {
      support['ballot' in voter ? voter.ballot : i] = probabilityOf(voter, i);
    }
    return support;
  }

  protected calibratorFor({ key }: Facet): { calibrator: Calibrator; labelled: number } {
    const known = this.options.evidence[key]?.calibrator;
    return known
      ? { calibrator: calibratorOf(known.gains), labelled: known.labelled }
      : { calibrator: UNFITTED, labelled: 0 };
  }
}

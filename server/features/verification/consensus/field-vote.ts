/** One field's vote: what each ballot says there, which value wins, and how sure that is. */
import type { VerificationPolicy } from '../policy';
import type { CrowdModel, Json } from '../stage';
import { voteByModel } from './crowd-model';
import type { Field } from './fields';
import { ABSENT, labelKey, valueAt } from './json-value';
import { numberLabels } from './number-labels';
import { medoid, textSimilarity } from './text-similarity';
import { type LabelPosterior, voteWeight, weighVotes } from './weighted-vote';

export interface Ballot {
  workerId: string;
  output: Json;
  /** The voter's mean accuracy, in (0, 1). */
  accuracy: number;
}

export interface FieldResult {
  field: Field;
  /** The winning value; undefined when leaving it out wins. */
  value: Json | undefined;
  /** P(the winning value is right). */
  confidence: number;
  tie: boolean;
  /** Per ballot: P(its own value is right). */
  support: number[];
  /** Per ballot: it says exactly the winning value. */
  exact: boolean[];
  /** Spread of a number field's values, in its own unit. */
  scale?: number;
}

export interface FieldVoteOptions {
  policy: VerificationPolicy['consensus'];
  crowdModel?: CrowdModel;
}

/** Holds the vote on one field. Needs at least one ballot. */
export function voteOnField(
  field: Field,
  ballots: readonly Ballot[],
  options: FieldVoteOptions,
): FieldResult {
  const values = ballots.map((ballot) => valueAt(ballot.output, field.path));
  if (field.kind === 'items' && values.every((value) => Array.isArray(value))) {
    return voteOnItems(field, values, ballots, options.policy);
  }
  if (field.kind === 'number' || field.kind === 'date') {
    return voteOnNumbers(field, values, ballots, options.policy);
  }
  if (field.kind === 'text' || field.kind === 'opaque') {
    return voteOnTexts(field, values, ballots, options.policy);
  }
  return voteOnLabels(field, values, ballots, options);
}

type Values = readonly (Json | undefined)[];

/** Turns labelled ballots and their posterior into a result. `pick` names the winning label's value. */
function resultOf(
  field: Field,
  values: Values,
  labels: readonly string[],
  { posterior, winner, tie }: LabelPosterior,
  pick: (members: number[]) => Json | undefined,
): FieldResult {
  const members = labels.flatMap((label, i) => (label === winner ? [i] : []));
  const value = pick(members);
  const key = labelKey(value);
  return {
    field,
    value,
    confidence: posterior.get(winner ?? '') ?? 0,
    tie,
    support: labels.map((label) => posterior.get(label) ?? 0),
    exact: values.map((own) => labelKey(own) === key),
  };
}

function labelCountOf(field: Field, options: FieldVoteOptions): number {
  const extra = (field.optional ? 1 : 0) + (field.nullable ? 1 : 0);
  if (field.kind === 'categorical') return field.labels.length + extra;
  return options.policy.openLabels;
}

function voteOnLabels(
  field: Field,
  values: Values,
  ballots: readonly Ballot[],
  options: FieldVoteOptions,
): FieldResult {
  const labels = values.map((value) => labelKey(value));
  const votes = ballots.map(({ workerId, accuracy }, i) => ({
    workerId,
    accuracy,
    label: labels[i] ?? ABSENT,
  }));
  const modelled = options.crowdModel && voteByModel(options.crowdModel, field.path, votes);
  const result =
    modelled ?? weighVotes(votes, labelCountOf(field, options), options.policy.accuracyCap);
  return resultOf(field, values, labels, result, ([first]) => values[first ?? 0]);
}

function voteOnNumbers(
  field: Field,
  values: Values,
  ballots: readonly Ballot[],
  policy: FieldVoteOptions['policy'],
): FieldResult {
  const weights = ballots.map(({ accuracy }) => medianWeight(accuracy, policy));
  const { labels, centreOf, scale } = numberLabels(field, values, weights, policy);
  const posterior = weighVotes(labelled(labels, ballots), policy.openLabels, policy.accuracyCap);
  const result = resultOf(field, values, labels, posterior, centreOf);
  return scale === null ? result : { ...result, scale };
}

/** Weights of a median must be above zero, or workers at chance would leave no answer at all. */
function medianWeight(accuracy: number, policy: FieldVoteOptions['policy']): number {
  return Math.max(1e-6, voteWeight(accuracy, policy.openLabels, policy.accuracyCap));
}

function labelled(labels: readonly string[], ballots: readonly Ballot[]) {
  return ballots.map(({ accuracy }, i) => ({ accuracy, label: labels[i] ?? ABSENT }));
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : labelKey(value);
}

function voteOnTexts(
  field: Field,
  values: Values,
  ballots: readonly Ballot[],
  policy: FieldVoteOptions['policy'],
): FieldResult {
  const labels = textLabels(values, policy.textSimilarity);
  const posterior = weighVotes(labelled(labels, ballots), policy.openLabels, policy.accuracyCap);
  return resultOf(field, values, labels, posterior, (members) => {
    const texts = members.map((i) => asText(values[i] ?? null));
    const weights = members.map((i) => medianWeight(ballots[i]?.accuracy ?? 0, policy));
    return values[members[medoid(texts, weights)] ?? -1];
  });
}

/** Texts that are alike, directly or through a third, share a label; values not there have their own. */
function textLabels(values: Values, similarity: number): string[] {
  const labels = values.map((value, i) =>
    value === undefined || value === null ? labelKey(value) : `text ${i}`,
  );
  values.forEach((value, i) => {
    if (value === undefined || value === null) return;
    for (let j = 0; j < i; j++) {
      const other = values[j];
      if (other === undefined || other === null || labels[i] === labels[j]) continue;
      if (textSimilarity(asText(value), asText(other)) < similarity) continue;
      const former = labels[i];
      const joined = labels[j] ?? '';
      labels.forEach((label, l) => {
        if (label === former) labels[l] = joined;
      });
    }
  });
  return labels;
}

/** Each possible item is voted in or out by itself; a set is as sure as all its items together. */
function voteOnItems(
  field: Field & { kind: 'items' },
  values: readonly (Json | undefined)[],
  ballots: readonly Ballot[],
  policy: FieldVoteOptions['policy'],
): FieldResult {
  const chosen = values.map((value) => new Set((Array.isArray(value) ? value : []).map(labelKey)));
  const perItem = 1 / Math.max(1, field.labels.length);
  const accuracyCap = policy.accuracyCap ** perItem;
  const winning: Json[] = [];
  const support = ballots.map(() => 1);
  let confidence = 1;
  let tie = false;
  for (const item of field.labels) {
    const key = labelKey(item);
    const votes = ballots.map(({ accuracy }, i) => ({
      accuracy: accuracy ** perItem,
      label: chosen[i]?.has(key) ? 'in' : 'out',
    }));
    const { posterior, winner, tie: tied } = weighVotes(votes, 2, accuracyCap);
    if (winner === 'in') winning.push(item);
    tie ||= tied;
    confidence *= posterior.get(winner ?? '') ?? 0;
    votes.forEach(({ label }, i) => {
      support[i] = (support[i] ?? 1) * (posterior.get(label) ?? 0);
    });
  }
  const winningKeys = new Set(winning.map(labelKey));
  return {
    field,
    value: winning,
    confidence,
    tie,
    support,
    exact: chosen.map(
      (own) => own.size === winningKeys.size && winning.every((item) => own.has(labelKey(item))),
    ),
  };
}

/** A type's answers as votes on each facet that is a choice; runs in a thread. */
import { fieldsOf } from './consensus/fields';
import { valueAt } from './consensus/json-value';
import { type Vote, type VoteTable, voteTable } from './consensus/vote-table';
import { type SampledSchema, saidOf } from './learn-type';
import type { Json } from './stage';

export interface FacetVotes {
  key: string;
  table: VoteTable;
}

/** Minimum number of votes. */
const VOTES_MIN = 60;
/** Facets with more labels have matrices that are mostly guesses. */
const LABELS_MAX = 10;

/** Facets with enough votes, most votes first. */
export function readVotes(sample: readonly SampledSchema[]): FacetVotes[] {
  const byFacet = new Map<string, { labels: readonly string[]; votes: Vote[] }>();
  for (const { schema, answers } of sample) {
    const fields = fieldsOf(schema);
    for (const { taskId, workerId, outputText } of answers) {
      const output = JSON.parse(outputText) as Json;
      for (const field of fields) {
        for (const { key, labels, label } of saidOf(field, valueAt(output, field.path))) {
          if (labels.length > LABELS_MAX || !labels.includes(label)) continue;
          const facet = byFacet.get(key) ?? { labels, votes: [] };
          facet.votes.push({ task: taskId, worker: workerId, label });
          byFacet.set(key, facet);
        }
      }
    }
  }
  return [...byFacet]
    .filter(([, { votes }]) => votes.length >= VOTES_MIN)
    .sort(([, a], [, b]) => b.votes.length - a.votes.length)
    .map(([key, { labels, votes }]) => ({ key, table: voteTable(votes, labels) }));
}

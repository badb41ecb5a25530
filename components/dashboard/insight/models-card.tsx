'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryState } from '@/components/ui/failures/query-state';
import type { ModelFigures, Models } from '@/server/features/insight/get-models';
import { FigureTable } from './chart-card';
import { percent, whole } from './figures';
import classes from './insight.module.css';

const NAMES = { gnb: 'Naive Bayes', ds: 'Dawid–Skene', ebcc: 'EBCC' } as const;
const MODELS = ['gnb', 'ds', 'ebcc'] as const;
const COLUMNS = ['Field', 'Weights', ...Object.values(NAMES), 'Known', 'Tasks', 'Votes', 'Fitted'];
const WHEN = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** What weighs votes of the type, as the nightly refit chose it. */
export function ModelsCard({ type }: { type: string }) {
  const trpc = useTRPC();
  const models = useQuery(trpc.insight.models.queryOptions({ type }));
  if (!models.data || models.isError)
    return <QueryState query={models} height={160} radius="lg" label="Loading the models" />;
  const { fields } = models.data;
  if (fields.length === 0) {
    return (
      <Card title="Models of the votes">
        <EmptyState title="Naive Bayes weighs the votes">
          From 20 known answers on, Dawid–Skene and EBCC are fitted to this type’s votes every
          night, and what foretells known answers best weighs most.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="Models of the votes" flush>
      <p className={classes.aboutFlush}>
        Every night the models are fitted to the latest 2,000 tasks, and weighed by how probable
        they held known answers that they had not been told: the mean of ln q′, nearer to 0 is
        better.
      </p>
      <FigureTable
        caption="Models by field"
        columns={COLUMNS}
        rows={rowsOf(fields.map((field) => ({ ...field, refits: field.refits.slice(0, 1) })))}
      />
      {fields.some(({ refits }) => refits.length > 1) ? (
        <details className={classes.history}>
          <summary>Show all refits</summary>
          <FigureTable caption="All refits" columns={COLUMNS} rows={rowsOf(fields)} />
        </details>
      ) : null}
    </Card>
  );
}

function rowsOf(fields: Models['fields']): (string | number)[][] {
  return fields.flatMap(({ field, refits }) =>
    refits.map(({ at, weights, scores, labelled, tasks, votes }) => [
      field,
      weightsText(weights),
      ...MODELS.map((key) => scores[key].toFixed(3)),
      whole(labelled),
      whole(tasks),
      whole(votes),
      `${WHEN.format(at)} UTC`,
    ]),
  );
}

function weightsText(weights: ModelFigures): string {
  return MODELS.filter((key) => weights[key] > 0)
    .map((key) => `${NAMES[key]} ${percent(weights[key], 0)}`)
    .join(' · ');
}

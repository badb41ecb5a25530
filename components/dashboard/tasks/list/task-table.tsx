'use client';

import { Checkbox } from '@mantine/core';
import { SlaBar } from '@/components/dashboard/tasks/sla-bar';
import classes from '@/components/dashboard/tasks/tasks.module.css';
import { PromptLink } from '@/components/ui/prompt-link';
import { Status } from '@/components/ui/status';
import { Amount } from '@/components/ui/values/amount';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { TaskRow } from '@/server/features/tasks/find-tasks';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Selects all of these, or none where all are selected. */
  toggleAll: (ids: string[]) => void;
}

interface TaskTableProps {
  rows: TaskRow[];
  /** Null for who may change nothing. */
  selection: Selection | null;
}

/** Tasks as a table; on a small screen each row becomes a card with the same columns. */
export function TaskTable({ rows, selection }: TaskTableProps) {
  const ids = rows.map(({ id }) => id);
  const chosen = ids.filter((id) => selection?.ids.has(id)).length;
  return (
    <table className={classes.table} data-selectable={selection !== null || undefined}>
      <caption className="visually-hidden">Tasks, newest first</caption>
      <thead>
        <tr>
          {selection ? (
            <th scope="col" className={classes.pick}>
              <Checkbox
                size="xs"
                aria-label="Select all on this page"
                checked={chosen > 0 && chosen === ids.length}
                indeterminate={chosen > 0 && chosen < ids.length}
                onChange={() => selection.toggleAll(ids)}
              />
            </th>
          ) : null}
          <th scope="col">Status</th>
          <th scope="col">Task</th>
          <th scope="col">Age</th>
          <th scope="col">SLA</th>
          <th scope="col" className={classes.number}>
            Cost
          </th>
          <th scope="col" className={classes.number}>
            Confidence
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, selection }: { row: TaskRow; selection: Selection | null }) {
  const selected = selection?.ids.has(row.id) ?? false;
  return (
    <tr data-selected={selected || undefined}>
      {selection ? (
        <td className={classes.pick}>
          <Checkbox
            size="xs"
            aria-label={`Select task ${row.id}`}
            checked={selected}
            onChange={() => selection.toggle(row.id)}
          />
        </td>
      ) : null}
      <td className={classes.statusCell}>
        <Status value={row.status} />
      </td>
      <td className={classes.what}>
        <PromptLink href={`/dashboard/tasks/${row.id}`} className={classes.link} data-task={row.id}>
          {humanise(row.type)}
          <span className="visually-hidden"> {row.id}</span>
        </PromptLink>
        <span className={classes.excerpt} title={row.failure_message ?? row.excerpt}>
          {row.failure_message ?? row.excerpt}
        </span>
      </td>
      <td className={classes.age} data-label="Age">
        <Age at={row.created_at} />
      </td>
      <td className={classes.slaCell} data-label="SLA">
        <SlaBar
          createdAt={row.created_at}
          completedAt={row.completed_at}
          slaSeconds={row.sla_seconds}
        />
      </td>
      <td className={classes.number} data-label="Cost">
        {costOf(row)}
      </td>
      <td className={classes.number} data-label="Confidence">
        {row.confidence === null ? '–' : `${(row.confidence * 100).toFixed(1)} %`}
      </td>
    </tr>
  );
}

/** What it came to, or what is held for it while it is open. */
function costOf(row: TaskRow) {
  if (row.completed_at) return <Amount sats={row.charged_sats} />;
  return (
    <span className="soft">
      <Amount sats={row.held_sats} /> held
    </span>
  );
}

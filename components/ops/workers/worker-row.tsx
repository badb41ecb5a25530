'use client';

import { Anchor, Checkbox, Text } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import { WorkerActions } from './worker-actions';
import { WorkerApplication, WorkerNotes } from './worker-application';
import { WorkerSkills } from './worker-skills';
import { WorkerTypes } from './worker-types';
import classes from './workers.module.css';

function stateOf(worker: WorkerLine): string {
  if (worker.vetting !== 'approved') return worker.vetting;
  if (worker.status === 'paused') return 'paused';
  return worker.online ? 'online' : 'active';
}

function skillWords({ skills }: WorkerLine): string {
  if (skills.length === 0) return 'No skills';
  const [first, ...rest] = skills.map(({ skill }) => humanise(skill));
  return rest.length === 0 ? String(first) : `${first} and ${rest.length} more`;
}

/** One worker; opened, what is known of the work, and what an operator can do. */
export function WorkerRow(props: {
  worker: WorkerLine;
  selected: boolean;
  onSelect: (id: string) => void;
}) {
  const { worker, selected, onSelect } = props;
  const [opened, setOpened] = useState(false);
  return (
    <div className={classes.row} data-worker={worker.id} data-selected={selected || undefined}>
      <Checkbox
        className={classes.check}
        size="xs"
        aria-label={`Select ${worker.name}`}
        checked={selected}
        onChange={() => onSelect(worker.id)}
      />
      <details onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary className={classes.summary}>
          <span style={{ minWidth: 0 }}>
            <Text span size="sm" fw={500} className="clip" style={{ display: 'block' }}>
              {worker.name}
            </Text>
            <Text span size="sm" className="clip" c="dimmed" style={{ display: 'block' }}>
              {worker.email ?? (worker.simulated ? 'Simulated' : 'Nobody signs in')}
            </Text>
          </span>
          <Status value={stateOf(worker)} />
          <span>{humanise(worker.tier)} tier</span>
          <span className="soft clip">{skillWords(worker)}</span>
          <span className="soft">
            <Age at={worker.createdAt} />
          </span>
        </summary>
        {opened ? <More worker={worker} /> : null}
      </details>
    </div>
  );
}

function More({ worker }: { worker: WorkerLine }) {
  const facts = [
    worker.poolName ? `Works for ${worker.poolName}` : 'Public pool',
    `${worker.answers.accepted} answers accepted, ${worker.answers.rejected} rejected`,
    `${Math.round(worker.reliability * 100)} % of tasks seen through`,
  ];
  return (
    <div className={classes.more}>
      <Text size="sm">
        {facts.join(' · ')}
        {' · '}
        <Anchor
          component={Link}
          href={`/ops/ledger/adjustments?owner=${worker.id}&accountKind=worker_payable`}
          size="sm"
        >
          Adjust the balance
        </Anchor>
      </Text>
      {worker.vettingReason ? (
        <Text size="sm" c="dimmed">
          Told at the last decision: “{worker.vettingReason}”
        </Text>
      ) : null}
      <WorkerApplication worker={worker} />
      <WorkerSkills worker={worker} />
      <WorkerTypes worker={worker} />
      <WorkerNotes worker={worker} />
      <WorkerActions worker={worker} />
    </div>
  );
}

'use client';

import { Anchor, Text } from '@mantine/core';
import { PromptLink } from '@/components/ui/prompt-link';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import { Age, Until } from '@/components/ui/values/now';
import type { AppealItem } from '@/server/features/appeals/schema';
import classes from './appeals.module.css';

const GROUNDS: Record<AppealItem['ground'], string> = {
  rejected: 'Rejected answer',
  out_voted: 'Out-voted answer',
  gold: 'Gold',
};

const DECIDERS: Record<NonNullable<AppealItem['decidedBy']>, string> = {
  re_votes: 'By two blind re-votes',
  reviewer: 'By a reviewer',
  time: 'Nobody decided in time',
};

/** Appeals in rows: against what, why, who is asked, and until when or what it came to. */
export function AppealList({ appeals }: { appeals: AppealItem[] }) {
  return (
    <ul className="bare-list" aria-label="Appeals">
      {appeals.map((appeal) => (
        <Row key={appeal.id} appeal={appeal} />
      ))}
    </ul>
  );
}

function Row({ appeal }: { appeal: AppealItem }) {
  return (
    <li className={classes.row}>
      <div>
        <Text size="sm" fw={500}>
          {humanise(appeal.type)}
        </Text>
        <Text size="sm" c="dimmed">
          {GROUNDS[appeal.ground]} · {appeal.organization}
        </Text>
      </div>
      <Text size="sm" className={classes.word} dir="auto">
        “{appeal.reason}”
      </Text>
      <div>
        <Status value={appeal.status} />
        <Text size="sm" c="dimmed" className={classes.word}>
          <State appeal={appeal} />
        </Text>
      </div>
      <Text size="sm" className={classes.age}>
        <Age at={appeal.createdAt} />
      </Text>
    </li>
  );
}

function State({ appeal }: { appeal: AppealItem }) {
  const { route, decidedBy, explanation, dueAt } = appeal;
  if (decidedBy) {
    return (
      <>
        {DECIDERS[decidedBy]}
        {decidedBy === 'reviewer' && explanation ? `: ${explanation}` : ''}
      </>
    );
  }
  return (
    <>
      {route === 'reviewer' ? (
        <Anchor component={PromptLink} href="/ops/reviews" size="sm" inherit>
          A reviewer is asked
        </Anchor>
      ) : route === 're_votes' ? (
        'Two others are asked'
      ) : (
        'Its task is under way'
      )}
      , due <Until at={dueAt} />
    </>
  );
}

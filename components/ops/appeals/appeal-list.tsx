'use client';

import { Anchor, Table, Text } from '@mantine/core';
import { humanise } from '@/components/ui/humanise';
import { Age, Until } from '@/components/ui/now';
import { PromptLink } from '@/components/ui/prompt-link';
import { Status } from '@/components/ui/status';
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
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="sm" horizontalSpacing={20}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Against</Table.Th>
            <Table.Th>The worker says</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Made</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {appeals.map((appeal) => (
            <Row key={appeal.id} appeal={appeal} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ appeal }: { appeal: AppealItem }) {
  return (
    <Table.Tr className={classes.row}>
      <Table.Td>
        {humanise(appeal.type)}
        <Text size="sm" c="dimmed">
          {GROUNDS[appeal.ground]} · {appeal.organization}
        </Text>
      </Table.Td>
      <Table.Td className={classes.word} dir="auto">
        “{appeal.reason}”
      </Table.Td>
      <Table.Td>
        <Status value={appeal.status} />
        <Text size="sm" c="dimmed">
          <State appeal={appeal} />
        </Text>
      </Table.Td>
      <Table.Td className="tabular">
        <Age at={appeal.createdAt} />
      </Table.Td>
    </Table.Tr>
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

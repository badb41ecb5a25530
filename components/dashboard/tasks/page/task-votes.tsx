'use client';

import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import dashboard from '@/components/dashboard/dashboard.module.css';
import settings from '@/components/dashboard/settings.module.css';
import { Card, CardNote } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { type Query, QueryState } from '@/components/ui/failures/query-state';
import { Status } from '@/components/ui/status';
import { duration, humanise } from '@/components/ui/values/humanise';
import type { AgentVote } from '@/server/features/verification/get-agent-vote';
import type { Vote } from '@/server/features/verification/list-votes';
import { AgentVoteRow } from './agent-vote';
import { stageName } from './task-report';

interface TaskVotesProps {
  /** The agent's guess as a voter, and the confidence that the task has with it. */
  agent: AgentVote | null;
  confidence: number | null;
  votes: Query & { data: Vote[] | undefined };
}

/** Who had it and what each answered. Workers go by pseudonyms that only this organization sees. */
export function TaskVotes({ votes, agent, confidence }: TaskVotesProps) {
  const rows = votes.data;
  return (
    <Card flush title="Votes">
      <QueryState query={votes} height={14} m={20} width="60%" label="Loading" />
      {rows?.length === 0 ? <CardNote>Nobody has taken it yet.</CardNote> : null}
      {rows?.map((vote) => (
        <VoteRow key={vote.assignment_id} vote={vote} />
      ))}
      {agent ? <AgentVoteRow vote={agent} confidence={confidence} /> : null}
    </Card>
  );
}

function VoteRow({ vote }: { vote: Vote }) {
  const [open, setOpen] = useState(false);
  const { answer } = vote;
  const head = (
    <>
      <span>
        <span className="mono">{vote.worker}</span>
        <span className="soft">
          {vote.backup ? ' · backup' : ''}
          {answer ? ` · ${duration(answer.seconds)}` : ''}
        </span>
      </span>
      <Status value={answer?.status ?? vote.turn} />
      <span className="soft">{answer ? stanceOf(answer.agrees) : ''}</span>
    </>
  );
  if (!answer) return <div className={`${settings.disclosure} ${settings.summary}`}>{head}</div>;
  return (
    <div className={settings.disclosure}>
      <UnstyledButton
        className={settings.summary}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {head}
      </UnstyledButton>
      {open ? <OpenedVote answer={answer} worker={vote.worker} /> : null}
    </div>
  );
}

function stanceOf(agrees: boolean | null): string {
  if (agrees === null) return '';
  return agrees ? 'Agrees' : 'Dissents';
}

function OpenedVote(props: { answer: NonNullable<Vote['answer']>; worker: string }) {
  const { answer, worker } = props;
  return (
    <div className={settings.opened}>
      <JsonBlock value={answer.output} label={`the answer of ${worker}`} maxHeight={240} />
      {answer.rejection ? <Text size="sm">{answer.rejection}</Text> : null}
      {answer.verdicts.length > 0 ? (
        <ul className="bare-list" aria-label={`What the stages said of ${worker}`}>
          {answer.verdicts.map(({ stage, verdict, reason, message, score }) => (
            <li key={stage} className={dashboard.stage} style={{ paddingInline: 0 }}>
              <span>{stageName(stage)}</span>
              <Status value={verdict} />
              <span className="soft">{message ?? (reason ? humanise(reason) : '')}</span>
              <span className="soft tabular">{score === null ? '' : score.toFixed(3)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          Not judged yet.
        </Text>
      )}
    </div>
  );
}

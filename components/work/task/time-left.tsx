'use client';

import { Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { duration } from '@/components/ui/values/humanise';
import { Countdown, useNow } from '@/components/ui/values/now';
import classes from '@/components/work/work.module.css';

interface TimeLeftProps {
  /** When the worker's time began and when it ends. */
  since: Date;
  until: Date;
}

/** The share of the time after which the worker is warned, and the last call, in seconds. */
const WARN_SHARE = 0.8;
const LAST_CALL_SECONDS = 30;

type Stage = 'plenty' | 'short' | 'last';

function stageOf({ since, until }: TimeLeftProps, now: number): Stage {
  const left = (until.getTime() - now) / 1000;
  const share = (now - since.getTime()) / Math.max(1, until.getTime() - since.getTime());
  if (left <= LAST_CALL_SECONDS) return 'last';
  return share >= WARN_SHARE ? 'short' : 'plenty';
}

/**
 * What is left of the worker's time. At four fifths and near the end it says so, once each and
 * between other words, to whoever does not see the clock; the clock itself is not read out.
 */
export function TimeLeft(props: TimeLeftProps) {
  const { until } = props;
  const now = useNow();
  const stage = now === null ? 'plenty' : stageOf(props, now);
  return (
    <div className={classes.timeLeft} data-stage={stage}>
      <Text size="sm" c="dimmed" component="span">
        Time left
      </Text>
      <span className={classes.timer} role="timer" aria-live="off">
        <Countdown until={until} urgentSeconds={LAST_CALL_SECONDS} />
      </span>
      {stage === 'plenty' ? null : (
        <span className={classes.timeWarning}>{stage === 'last' ? 'Submit now' : 'Hurry up'}</span>
      )}
      <Announcement until={until} stage={stage} />
    </div>
  );
}

function Announcement({ until, stage }: { until: Date; stage: Stage }) {
  const [words, setWords] = useState('');
  const told = useRef<Stage>('plenty');
  useEffect(() => {
    if (stage === told.current) return;
    told.current = stage;
    const left = duration((until.getTime() - Date.now()) / 1000);
    setWords(stage === 'plenty' ? '' : `${left} left for this task.`);
  }, [stage, until]);
  return (
    <span role="status" className="visually-hidden">
      {words}
    </span>
  );
}

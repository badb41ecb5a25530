'use client';

import { useSyncExternalStore } from 'react';
import {
  isBeingSent,
  type KeptAnswer,
  onKeptChange,
  readKept,
  readKeptOnServer,
} from './kept-answers';

/** This browser's answers that wait for a connection. */
export function useKeptAnswers(): KeptAnswer[] {
  const kept = useSyncExternalStore(onKeptChange, readKept, readKeptOnServer);
  return kept.filter(({ assignmentId }) => !isBeingSent(assignmentId));
}

/** The answer to one assignment, where it waits. */
export function useKeptAnswer(assignmentId: string): KeptAnswer | undefined {
  return useKeptAnswers().find((each) => each.assignmentId === assignmentId);
}

import type { Inngest } from 'inngest';
import { withDeadline } from '@/server/platform/deadline';
import type { EngineConsole, EngineWork, FailedRun } from '@/server/platform/engine-link';
import { bearerTokenOf } from '@/server/platform/engine-signature';
import { remembered } from '@/server/platform/remembered';

const PATIENCE_MS = 3_000;
/** Cache TTL shared by all polling pages. */
const FRESH_MS = 3_000;
/** How long to wait before asking an engine without these endpoints again. */
const SILENT_MS = 15_000;

/** Responses of the embedded engine; see `server/embedded/engine/run-queries.ts`. */
interface Counts {
  ready: number;
  executing: number;
  waiting_for_capacity: number;
  scheduled: number;
  failed_last_day: number;
}
interface BacklogAnswer extends Counts {
  events: number;
  functions: (Counts & { function_id: string; oldest_due: number | null })[];
}
interface RunsAnswer {
  data: {
    id: string;
    function_id: string;
    error: string | null;
    ended_at: number | null;
    again_as: string | null;
  }[];
}

/** Queries the embedded engine's own endpoints, authenticated with the shared key. */
export function createEngineConsole(client: Inngest): EngineConsole {
  const address = client.apiBaseUrl ?? null;

  /** Null if the engine does not have the endpoint. */
  async function ask<T>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<T | null> {
    if (!address) return null;
    const key = client.signingKey;
    return withDeadline(PATIENCE_MS, async (signal) => {
      const response = await fetch(new URL(path, address), {
        method,
        signal,
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          ...(key ? { authorization: `Bearer ${bearerTokenOf(key)}` } : {}),
        },
      });
      const isJson = response.headers.get('content-type')?.includes('json');
      if (!response.ok || !isJson) {
        await response.body?.cancel();
        return null;
      }
      return (await response.json()) as T;
    });
  }

  const work = remembered({
    read: readWork,
    freshMs: (told) => (told ? FRESH_MS : SILENT_MS),
  });

  async function readWork(): Promise<EngineWork | null> {
    const answer = await ask<BacklogAnswer>('/api/backlog').catch(() => null);
    if (!answer || !Array.isArray(answer.functions)) return null;
    return {
      ...countsOf(answer),
      events: answer.events,
      functions: answer.functions.map((each) => ({
        ...countsOf(each),
        functionId: each.function_id,
        oldestDueMs: each.oldest_due,
      })),
    };
  }

  return {
    address,
    work,
    async failedRuns(limit) {
      const answer = await ask<RunsAnswer>(`/api/runs?status=failed&limit=${limit}`).catch(
        () => null,
      );
      if (!answer || !Array.isArray(answer.data)) return null;
      return answer.data
        .filter(({ again_as }) => again_as === null)
        .map(
          (run): FailedRun => ({
            id: run.id,
            functionId: run.function_id,
            error: run.error ?? '',
            endedAtMs: run.ended_at,
          }),
        );
    },
    async runAgain(runId) {
      const path = `/runs/${encodeURIComponent(runId)}/retry`;
      try {
        return (await ask<{ id: string }>(path, 'POST'))?.id ?? null;
      } finally {
        work.forget();
      }
    },
  };
}

function countsOf(answer: Counts) {
  return {
    ready: answer.ready,
    executing: answer.executing,
    waitingForCapacity: answer.waiting_for_capacity,
    scheduled: answer.scheduled,
    failed: answer.failed_last_day,
  };
}

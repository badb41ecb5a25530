import { createKey, createOrganization, createWorker } from '@/server/testing/factories';

/** The bench's customer: an organization that never runs out of sats, in both modes. */
export interface Subject {
  organizationId: string;
  liveKey: string;
  testKey: string;
}

const SATS = 1_000_000_000_000n;
const SIMULATED_WORKERS = 20;

/**
 * Creates the organization; a live worker who is offline, so that live tasks are accepted and wait;
 * and simulated workers with enough capacity that no test task waits for one.
 */
export async function createSubject(): Promise<Subject> {
  const organization = await createOrganization({ name: 'Bench', funds: SATS });
  await createWorker({ mode: 'live', online: false });
  for (let made = 0; made < SIMULATED_WORKERS; made++) {
    await createWorker({ simulated: true, capacity: 100 });
  }
  return {
    organizationId: organization.id,
    liveKey: (await createKey(organization, 'live')).text,
    testKey: (await createKey(organization, 'test')).text,
  };
}

/** A task as sent by agents. */
export const TASK = {
  type: 'bench',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  payout_sats: 500,
  sla_seconds: 3_600,
};

/** The headers of a call with a key. */
export function headersOf(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
}

/** Creates a task. @throws Error if it is rejected. */
export async function createTask(url: string, key: string, body: object): Promise<{ id: string }> {
  const response = await fetch(`${url}/v1/tasks`, {
    method: 'POST',
    headers: headersOf(key),
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`A create was refused: ${await response.text()}`);
  return (await response.json()) as { id: string };
}

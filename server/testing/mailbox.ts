import { getEmail, listEmails } from '@/server/features/emails';
import { subscribers } from '@/server/jobs';
import { createRelay } from '@/server/platform/outbox';

/** Delivers committed facts to their subscribers, without an engine. */
export async function tellFacts(): Promise<void> {
  await createRelay({ subscribers, publish: async () => [] }).drain();
}

/** Subjects of the messages to an address, newest first. */
export async function subjectsTo(to: string): Promise<string[]> {
  const { data } = await listEmails(null, { limit: 100 });
  return data.filter((email) => email.to === to).map(({ subject }) => subject);
}

/** The token of the newest link below `path` sent to an address. */
export async function tokenTo(to: string, path: string): Promise<string> {
  const { data } = await listEmails(null, { limit: 100 });
  for (const { id } of data.filter((email) => email.to === to)) {
    const { text } = await getEmail(null, id);
    const found = new RegExp(`${path}/([0-9A-Za-z]+)`).exec(text ?? '')?.[1];
    if (found) return found;
  }
  throw new Error(`No link below ${path} was sent to ${to}.`);
}

/** The newest code sent to an address. */
export async function codeTo(to: string): Promise<string> {
  const { data } = await listEmails(null, { limit: 100 });
  for (const { id } of data.filter((email) => email.to === to)) {
    const { text } = await getEmail(null, id);
    const found = /\b\d{8}\b/.exec(text ?? '')?.[0];
    if (found) return found;
  }
  throw new Error(`No code was sent to ${to}.`);
}

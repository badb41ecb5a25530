import { getEmail, listEmails } from '@/server/features/emails';
import { subscribers } from '@/server/jobs';
import { createRelay } from '@/server/platform/outbox';

/** Has what was committed told and reacted to, without an engine. */
export async function tellFacts(): Promise<void> {
  await createRelay({ subscribers, publish: async () => [] }).drain();
}

/** What was written to an address, newest first; the subjects alone. */
export async function subjectsTo(to: string): Promise<string[]> {
  const { data } = await listEmails(null, { limit: 100 });
  return data.filter((email) => email.to === to).map(({ subject }) => subject);
}

/** The token of the newest link below `path` that was written to an address. */
export async function tokenTo(to: string, path: string): Promise<string> {
  const { data } = await listEmails(null, { limit: 100 });
  for (const { id } of data.filter((email) => email.to === to)) {
    const { text } = await getEmail(null, id);
    const found = new RegExp(`${path}/([0-9A-Za-z]+)`).exec(text ?? '')?.[1];
    if (found) return found;
  }
  throw new Error(`No link below ${path} was written to ${to}.`);
}

/** The newest code that was written to an address. */
export async function codeTo(to: string): Promise<string> {
  const { data } = await listEmails(null, { limit: 100 });
  for (const { id } of data.filter((email) => email.to === to)) {
    const { text } = await getEmail(null, id);
    const found = /\b\d{8}\b/.exec(text ?? '')?.[0];
    if (found) return found;
  }
  throw new Error(`No code was written to ${to}.`);
}

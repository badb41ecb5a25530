import { createInterface } from 'node:readline';
import { runScript, withProduct } from '@/scripts/launcher/product-access';

export interface NewWorkerLine {
  email: string;
  password: string;
  name: string;
  skills: string[];
  onCall: boolean;
  /** Signs in by links only, and already has a payout destination. */
  withoutPassword: boolean;
}

export interface MadeWorkerLine {
  email: string;
  session: string;
}

/**
 * Creates workers of the running instance, like an operator's invitation: for each line of JSON
 * input, responds with a line of JSON with its address and a session; see `newWorker`.
 */
async function main(): Promise<void> {
  await withProduct(async () => {
    const { createUser } = await import('@/server/features/organizations');
    const { createWorker, saveSkills } = await import('@/server/features/workers');
    const { transaction } = await import('@/server/platform/db');
    const { sessionCookie } = await import('@/server/testing/session-cookie');
    for await (const line of createInterface({ input: process.stdin })) {
      const { email, password, name, skills, onCall, withoutPassword } = JSON.parse(
        line,
      ) as NewWorkerLine;
      const userId = await transaction(async (tx) => {
        await saveSkills(
          tx,
          skills.map((skill) => ({ name: skill, description: 'A skill of the browser tests.' })),
        );
        const user = await createUser(tx, { email, name, password, emailConfirmed: true });
        const worker = await createWorker(tx, {
          userId: user.id,
          mode: 'live',
          displayName: name,
          skills,
          onCall,
        });
        if (withoutPassword) {
          const payoutDestination = 'ada@wallet.example';
          await tx.user.update({ where: { id: user.id }, data: { passwordHash: null } });
          await tx.worker.update({ where: { id: worker.id }, data: { payoutDestination } });
        }
        return user.id;
      });
      const [, session = ''] = (await sessionCookie(userId)).split('=');
      console.log(JSON.stringify({ email, session } satisfies MadeWorkerLine));
    }
  });
}

runScript(main);

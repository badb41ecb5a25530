import { createInterface } from 'node:readline';
import { runScript, withProduct } from '@/scripts/launcher/product-access';

export interface NewWorkerLine {
  email: string;
  password: string;
  name: string;
  skills: string[];
  onCall: boolean;
  /** Signs in by links alone, and is paid to an address already. */
  withoutPassword: boolean;
}

export interface MadeWorkerLine {
  email: string;
  session: string;
}

/**
 * Makes workers of the running instance, as an operator's invitation would: one for each line of
 * JSON that comes in, answered by a line of JSON with its address and a session; see `newWorker`.
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

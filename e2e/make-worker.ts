import { createInterface } from 'node:readline';
import { runScript, withProduct } from '@/scripts/launcher/product-access';

interface NewWorkerLine {
  email: string;
  password: string;
  name: string;
  skills: string[];
  onCall: boolean;
}

/**
 * Makes workers of the running instance, as an operator's invitation would: one for each line of
 * JSON that comes in, answered by a line with its address; see `newWorker`.
 */
async function main(): Promise<void> {
  await withProduct(async () => {
    const { createUser } = await import('@/server/features/organizations');
    const { createWorker, saveSkills } = await import('@/server/features/workers');
    const { transaction } = await import('@/server/platform/db');
    for await (const line of createInterface({ input: process.stdin })) {
      const { email, password, name, skills, onCall } = JSON.parse(line) as NewWorkerLine;
      await transaction(async (tx) => {
        await saveSkills(
          tx,
          skills.map((skill) => ({ name: skill, description: 'A skill of the browser tests.' })),
        );
        const user = await createUser(tx, { email, name, password, emailConfirmed: true });
        await createWorker(tx, {
          userId: user.id,
          mode: 'live',
          displayName: name,
          skills,
          onCall,
        });
      });
      console.log(`made ${email}`);
    }
  });
}

runScript(main);

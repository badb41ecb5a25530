import { parseArgs } from 'node:util';
import { runScript, withProduct } from '@/scripts/launcher/product-access';

/**
 * `npm run seed:tasks -- --tasks 100000 --email demo@humanrail.local`: adds an organization with a
 * history of many tasks in live mode, owned by the user with that address.
 */
const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100000' },
    email: { type: 'string', default: 'demo@humanrail.local' },
  },
});

async function main(): Promise<void> {
  const tasks = Number(values.tasks);
  if (!Number.isInteger(tasks) || tasks < 1 || tasks > 10_000_000) {
    throw new Error(`--tasks must be a whole number from 1 to 10000000, not "${values.tasks}".`);
  }
  await withProduct(async () => {
    const { db, transaction } = await import('@/server/platform/db');
    const { createOrganization } = await import('@/server/features/organizations');
    const { seedTasks } = await import('./seeded/seed-tasks');
    const user = await db.user.findUnique({ where: { email: values.email } });
    if (!user) throw new Error(`No user has the address ${values.email}.`);
    const name = `${tasks.toLocaleString('en-US')} tasks`;
    const { id } = await transaction((tx) =>
      createOrganization(tx, { name, ownerUserId: user.id }),
    );
    const started = performance.now();
    await seedTasks({
      organizationId: id,
      mode: 'live',
      tasks,
      onProgress: (done) => {
        if (done % 5_000 === 0) console.log(`… ${done} of ${tasks}`);
      },
    });
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    console.log(`“${name}” is there, in live mode, after ${seconds} s. Choose it at the top left.`);
  });
}

runScript(main);

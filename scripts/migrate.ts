import { deploy } from '@/prisma/migrate';
import { withDatabase } from './launcher/database-access';
import { runScript } from './launcher/product-access';

/** Applies this version's migrations to the instance's database, as each start does first. */
async function main(): Promise<void> {
  const names = await withDatabase(({ url }) => deploy(url));
  console.log(names.length > 0 ? `Applied ${names.join(', ')}.` : 'Nothing to apply.');
}

runScript(main);

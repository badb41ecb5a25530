import { deploy } from '@/prisma/migrate';
import { withDatabase } from './launcher/database-access';
import { runScript } from './launcher/product-access';

/** Applies the migrations of this version to the database of the instance, as each start does first. */
async function main(): Promise<void> {
  const names = await withDatabase(({ url }) => deploy(url));
  console.log(names.length > 0 ? `Applied ${names.join(', ')}.` : 'Nothing to apply.');
}

runScript(main);

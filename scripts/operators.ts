import { commandLine } from './launcher/packaged';
import { runScript, withProduct } from './launcher/product-access';

const USAGE = `Usage: ${commandLine('operators')} list | add EMAIL | remove EMAIL
  Operators see all of an instance at /ops: workers, reviews, e-mails, settings. The account must have signed up.`;

/** Lists the instance's operators, or grants or revokes an account's operator role. */
async function main(): Promise<void> {
  const [action = 'list', email] = process.argv.slice(2);
  if (action === '--help') return console.log(USAGE);
  if (action !== 'list' && !(['add', 'remove'].includes(action) && email)) throw new Error(USAGE);
  await withProduct(async () => {
    const { listOperators, setOperator } = await import('@/server/features/accounts');
    if (email && !(await setOperator(email, action === 'add')))
      throw new Error(`No account has the address ${email}; sign up at /sign-up first.`);
    const operators = await listOperators();
    console.log(operators.length > 0 ? operators.join('\n') : 'There is no operator yet.');
  });
}

runScript(main);

import { version } from '../launcher/version';
import { choose, help } from './choose';

/** The command `humanrail` of the published package. */
async function main(): Promise<void> {
  const choice = choose(process.argv.slice(2));
  if (choice.kind === 'help') return console.log(help());
  if (choice.kind === 'version') return console.log(version());
  if (choice.kind === 'unknown') {
    console.error(choice.message);
    process.exitCode = 1;
    return;
  }
  // The scripts read their arguments as if run directly.
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...choice.args);
  await choice.command.load();
}

await main();

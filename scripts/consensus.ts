import { parseArgs } from 'node:util';
import { METHODS, type Method } from '@/server/features/verification/consensus';
import { chooseGolds } from './consensus/choose-golds';
import { readAnswers, readTruth, UsageError } from './consensus/read-votes';
import { scoreLabels } from './consensus/score-labels';
import { scoreNumbers } from './consensus/score-numbers';

const HELP = `Estimates the answer of every task from workers' votes, as the consensus stage does it.

  npm run consensus -- --answers votes.csv [--truth truth.csv] [options]

  --answers FILE  CSV with columns task, worker, label
  --truth FILE    CSV with columns task, label: what is known to be right
  --method M      auto (default), ${METHODS.join(', ')}
  --gold G        what of the truth the estimate is told: a share such as 0.1, every:10, or none (default)
  --seed N        for the share and for what begins at random; 1 unless given
  --numbers       labels are numbers
  --json          everything as JSON, with each task`;

/** The output of a call. */
function run(args: string[]): string {
  const { values } = parseArgs({
    args,
    options: {
      answers: { type: 'string' },
      truth: { type: 'string' },
      method: { type: 'string', default: 'auto' },
      gold: { type: 'string', default: 'none' },
      seed: { type: 'string', default: '1' },
      numbers: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return HELP;
  if (!values.answers) throw new UsageError('--answers names the file of votes; see --help.');
  const method = ['auto', ...METHODS].find((each) => each === values.method) as Method | 'auto';
  if (!method) {
    throw new UsageError(
      `There is no method "${values.method}"; there are auto, ${METHODS.join(', ')}.`,
    );
  }
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) {
    throw new UsageError(`--seed is a whole number, not "${values.seed}".`);
  }
  const answers = readAnswers(values.answers);
  const truth = values.truth ? readTruth(values.truth) : new Map<string, string>();
  const golds = chooseGolds(values.gold, [...truth.keys()], seed);
  const report = values.numbers
    ? scoreNumbers(answers, truth, golds)
    : scoreLabels(answers, truth, { method, golds, seed });
  if (values.json) return JSON.stringify(report, null, 2);
  const { tasks, ...figures } = report;
  const lines = Object.entries(figures).map(
    ([name, value]) =>
      `${name.padEnd(18)}${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  return [...lines, `${'tasks'.padEnd(18)}${tasks.length}; --json lists them`].join('\n');
}

try {
  console.log(run(process.argv.slice(2)));
} catch (error) {
  const isUsage =
    error instanceof UsageError ||
    (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  if (!isUsage) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BackTest } from '@/server/features/verification';
import { BackTestSettings } from '@/server/features/verification/schema';
import { runScript, withProduct } from './launcher/product-access';

const HELP = `Replays the stored votes of a task type under other settings.

  npm run backtest -- --organization ID --type TYPE [options]

  --organization ID  the organization's id, as its settings page shows it
  --type TYPE        the task type
  --mode MODE        live (default) or test
  --settings FILE    JSON of any of min_votes, max_votes, target_confidence, vote_value, gold_rate and
                     method (current, gnb or majority)
  --json             the result as JSON`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Prints each setting's projected accuracy, cost and latency. */
async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      organization: { type: 'string' },
      type: { type: 'string' },
      mode: { type: 'string', default: 'live' },
      settings: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const { organization, type, mode } = values;
  if (!organization || !UUID.test(organization) || !type) {
    throw new Error('Pass --organization with an id, and --type; see --help.');
  }
  if (mode !== 'live' && mode !== 'test') {
    throw new Error(`--mode is live or test, not "${mode}".`);
  }
  const settings = values.settings ? readSettings(values.settings) : undefined;
  const result = await withProduct(async () => {
    const { backTestOf } = await import('@/server/features/verification');
    return backTestOf({ organizationId: organization, mode, type }, settings);
  });
  console.log(values.json ? JSON.stringify(result, null, 2) : tableOf(result));
}

function readSettings(file: string): BackTestSettings {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = BackTestSettings.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`);
}

function tableOf({ type, tasks, basis, measured, points }: BackTest): string {
  if (tasks === 0) return `There is no verified task of type ${type} with votes yet.`;
  const against =
    basis === 'labelled'
      ? `${measured} tasks whose answer a reviewer gave`
      : `what all stored votes of ${measured} tasks say together, since fewer than 20 are reviewed`;
  const rows = points.map((point) => [
    point.isCurrent ? 'current' : point.isAsked ? 'asked' : point.isFrontier ? 'frontier' : '',
    `${point.settings.minVotes}–${point.settings.maxVotes}`,
    point.settings.targetConfidence.toFixed(2),
    point.settings.method,
    `${(100 * point.accuracy).toFixed(1)} %`,
    point.costSats.toFixed(0),
    point.votes.toFixed(2),
    `${point.p50Seconds.toFixed(0)} s`,
    `${point.p95Seconds.toFixed(0)} s`,
    point.short > 0 ? `${(100 * point.short).toFixed(0)} %` : '',
  ]);
  const head = ['', 'votes', 'target', 'method', 'right', 'sats', 'used', 'p50', 'p95', 'short'];
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`${tasks} tasks of ${type}; right against ${against}.`, '', ...lines].join('\n');
}

runScript(() => main());

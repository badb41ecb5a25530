import { parseArgs } from 'node:util';
import { measureCrowds } from './quality/crowds';
import {
  measureAdaptive,
  measureFields,
  measureForms,
  measureNumbers,
  measureSpeed,
} from './quality/fields';
import type { QualityFigure } from './quality/figure';
import { measureGolden } from './quality/golden';
import { measureMethods } from './quality/methods';
import { tablesOf } from './quality/print';
import { readSets } from './quality/sets';

/**
 * Measures the product's verification against its targets: `npm run bench:quality`. Each target is
 * a figure published for the same public sets or a required bound. Exits with 1 if one is missed.
 */
const HELP = `Measures verification beside its targets.

  npm run bench:quality -- [options]

  --crowd FOLDER  public sets, NAME.answers.csv beside NAME.truth.csv; ../shared/crowd unless given
  --draws N       random choices of golds to average over; 10 unless given
  --only A,B      of methods, golden, adaptive, fields, forms, numbers, speed, crowds
  --json          the figures as JSON`;

const { values } = parseArgs({
  options: {
    crowd: { type: 'string', default: '../shared/crowd' },
    draws: { type: 'string', default: '10' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function measure(): QualityFigure[] {
  const draws = Number(values.draws);
  if (!Number.isInteger(draws) || draws < 1) throw new Error('--draws must be a positive integer.');
  const sets = readSets(values.crowd);
  const labels = sets.filter(({ kind }) => kind === 'labels');
  const parts: Record<string, () => QualityFigure[]> = {
    methods: () => measureMethods(labels, draws),
    golden: measureGolden,
    adaptive: () => measureAdaptive(labels),
    fields: measureFields,
    forms: () => measureForms(labels),
    numbers: () => measureNumbers(sets, draws),
    speed: () => measureSpeed(sets),
    crowds: measureCrowds,
  };
  const asked = values.only?.split(',') ?? Object.keys(parts);
  return asked.flatMap((name) => {
    const part = parts[name];
    if (!part) throw new Error(`--only has no "${name}"; there are ${Object.keys(parts)}.`);
    return part();
  });
}

if (values.help) {
  console.log(HELP);
} else {
  const figures = measure();
  console.log(values.json ? JSON.stringify(figures, null, 2) : tablesOf(figures));
  if (figures.some(({ passes }) => passes === false)) process.exitCode = 1;
}

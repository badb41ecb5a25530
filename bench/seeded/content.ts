/** Uniform in [0, 1), deterministic for a seed. */
export type Dice = () => number;

/** mulberry32: small, fast, and good enough to distribute rows. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the choices, weighted by its share. */
export function pick<T>(choices: readonly T[], at: number, shareOf: (choice: T) => number): T {
  let sum = 0;
  for (const choice of choices) {
    sum += shareOf(choice);
    if (at < sum) return choice;
  }
  return choices.at(-1) as T;
}

export const VERDICTS = ['genuine', 'ai_generated', 'uncertain'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const OUTPUT_SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: [...VERDICTS] }, notes: { type: 'string' } },
};

const WORDS =
  `kettle teapot delivery review refund policy arrived broken late parcel colour smell battery screen
   warranty invoice charge double customer support polite slow quick cable charger manual missing part
   box damaged quality cheap sturdy gift birthday daughter kitchen garden chair table lamp sofa mattress
   pillow towel shirt jacket shoes size small large return label courier driver doorstep neighbour rain
   photo picture video account password subscription renewal cancelled upgrade plan month year price
   discount coupon code expired checkout basket payment card bank transfer currency euro dollar tax
   translation sentence meaning tone formal friendly angry happy neutral sarcastic question answer doubt
   document passport licence signature stamp date birth address scan blurry cropped genuine fake copy
   moderator violent nudity weapon alcohol hate spam bot generated repeated phrase human writing style`
    .trim()
    .split(/\s+/);

/** A sentence or two; words at the start of the list are common, those at its end rare. */
export function excerptOf(type: string, dice: Dice): string {
  const length = 12 + Math.floor(dice() * 40);
  const words = Array.from({ length }, () => WORDS[Math.floor(dice() ** 2 * WORDS.length)]);
  const text = words.join(' ');
  return `${type ? `${type.replaceAll('_', ' ')}: ` : ''}${text}.`;
}

import { describe, expect, it } from 'vitest';
import { seededRandom } from './consensus/seeded-random';
import { type GoldAnswer, goldHealth } from './gold-health';
import { policyFor } from './policy';

const policy = policyFor('medium').gold;
const GOOD = { correct: 19, total: 20 };
const POOR = { correct: 10, total: 20 };

const answers = (count: number, right: number, others: GoldAnswer['others']): GoldAnswer[] =>
  Array.from({ length: count }, (_, i) => ({ others, correct: i < right }));

/**
 * Ten workers who are good elsewhere and ten who are not, with the numbers of those who agree with
 * the gold.
 */
const crowd = (rightOfBest: number, rightOfWorst: number) => [
  ...answers(10, rightOfBest, GOOD),
  ...answers(10, rightOfWorst, POOR),
];

describe("a gold's health", () => {
  it('is good when the better workers get it right and the worse do not', () => {
    const health = goldHealth(crowd(10, 4), 0, policy);
    expect(health.discrimination).toBeCloseTo(0.6, 12);
    expect(health).toMatchObject({ agreementOfBest: 1, state: 'healthy', fault: null });
  });

  it('is gone when the best workers contradict it, whatever the others say', () => {
    expect(goldHealth(crowd(0, 10), 0, policy)).toMatchObject({
      state: 'retire',
      fault: 'best_disagree',
    });
    expect(goldHealth(answers(8, 0, POOR), 0, policy).fault).toBeNull();
    // Workers without other evidence are not among the best, however they answer.
    expect(goldHealth(answers(30, 0, { correct: 0, total: 0 }), 0, policy)).toMatchObject({
      fault: null,
      agreementOfBest: null,
    });
  });

  it('is gone when the better half is worse at it', () => {
    const middling = { correct: 12, total: 20 };
    const misleading = [...answers(15, 4, middling), ...answers(15, 14, POOR)];
    expect(goldHealth(misleading, 0, policy).fault).toBe('misleads');
    expect(goldHealth(misleading.slice(10, 20), 0, policy).fault).toBeNull();
  });

  it('is gone when it was overturned, doubtful when few agree, unknown with few answers', () => {
    expect(goldHealth(crowd(10, 4), 1, policy).fault).toBe('overturned');
    expect(goldHealth(crowd(5, 5), 0, policy).state).toBe('watch');
    expect(goldHealth(crowd(10, 4).slice(0, 5), 0, policy).state).toBe('unknown');
  });

  it('is lost by chance, over a hundred looks, as seldom as the policy says', () => {
    const random = seededRandom(3);
    const golds = 600;
    let retired = 0;
    for (let gold = 0; gold < golds; gold++) {
      const given: GoldAnswer[] = [];
      for (let n = 0; n < 100; n++) {
        given.push({ others: GOOD, correct: random() < policy.retireBelow });
        if (goldHealth(given, 0, policy).fault !== 'best_disagree') continue;
        retired += 1;
        break;
      }
    }
    expect(retired / golds).toBeLessThanOrEqual(policy.retireAlpha);
  });
});

import { describe, expect, it } from 'vitest';
import { pick, seededRandom } from './seeded-random';
import { expectedAccuracy, weighVotes } from './weighted-vote';

const CAP = 0.99;

function total(posterior: Map<string, number>): number {
  return [...posterior.values()].reduce((sum, p) => sum + p, 0);
}

describe('the gold-weighted vote', () => {
  it('is the majority when all voters are equally accurate', () => {
    const random = seededRandom(3);
    for (let i = 0; i < 500; i++) {
      const votes = Array.from({ length: 1 + Math.floor(random() * 9) }, () => ({
        label: pick(['a', 'b', 'c'], random),
        accuracy: 0.75,
      }));
      const counts = new Map<string, number>();
      for (const { label } of votes) counts.set(label, (counts.get(label) ?? 0) + 1);
      const top = Math.max(...counts.values());
      const { winner, tie } = weighVotes(votes, 3, CAP);
      expect(counts.get(winner ?? '')).toBe(top);
      expect(tie).toBe([...counts.values()].filter((count) => count === top).length > 1);
    }
  });

  it.each([2, 3, 5])('gives a single vote its voter accuracy or chance, with %d labels', (k) => {
    for (const accuracy of [0.1, 0.3, 0.5, 0.75, 0.95]) {
      const { posterior } = weighVotes([{ label: 'a', accuracy }], k, CAP);
      expect(posterior.get('a')).toBeCloseTo(Math.max(1 / k, accuracy), 12);
    }
  });

  it('never counts a vote backwards: a bad voter leaves the result as it is', () => {
    const random = seededRandom(11);
    for (let i = 0; i < 300; i++) {
      const k = 2 + Math.floor(random() * 4);
      const votes = Array.from({ length: 1 + Math.floor(random() * 6) }, () => ({
        label: String(Math.floor(random() * k)),
        accuracy: 0.01 + 0.98 * random(),
      }));
      const label = String(Math.floor(random() * k));
      const before = weighVotes(votes, k, CAP).posterior.get(label) ?? 0;
      const bad = { label, accuracy: random() / k };
      const { posterior } = weighVotes([...votes, bad], k, CAP);
      expect(posterior.get(label)).toBeGreaterThanOrEqual(before - 1e-12);
    }
  });

  it('follows the majority where no vote weighs anything', () => {
    const votes = ['b', 'a', 'a'].map((label) => ({ label, accuracy: 0.2 }));
    const { winner, tie, posterior } = weighVotes(votes, 2, CAP);
    expect({ winner, tie, sure: posterior.get('a') }).toEqual({
      winner: 'a',
      tie: false,
      sure: 0.5,
    });
    expect(weighVotes(votes.slice(0, 2), 2, CAP).tie).toBe(true);
  });

  it('follows Bayes: .9 against .6 on two labels', () => {
    const { posterior, winner } = weighVotes(
      [
        { label: 'a', accuracy: 0.9 },
        { label: 'b', accuracy: 0.6 },
      ],
      2,
      CAP,
    );
    expect(winner).toBe('a');
    expect(posterior.get('a')).toBeCloseTo((0.9 * 0.4) / (0.9 * 0.4 + 0.1 * 0.6), 12);
  });

  it('is a distribution over said and unsaid labels, in any order of the votes', () => {
    const random = seededRandom(5);
    for (let i = 0; i < 300; i++) {
      const k = 2 + Math.floor(random() * 5);
      const votes = Array.from({ length: 1 + Math.floor(random() * 7) }, () => ({
        label: String(Math.floor(random() * k)),
        accuracy: 0.2 + 0.75 * random(),
      }));
      const { posterior } = weighVotes(votes, k, CAP);
      const said = new Set(votes.map((vote) => vote.label)).size;
      const sum = total(posterior);
      if (said === k) expect(sum).toBeCloseTo(1, 10);
      else expect(sum).toBeLessThan(1);
      const reversed = weighVotes([...votes].reverse(), k, CAP).posterior;
      for (const [label, p] of posterior) expect(reversed.get(label)).toBeCloseTo(p, 10);
    }
  });

  it('grows surer with every agreeing vote of a voter better than chance', () => {
    let former = 0;
    for (let n = 1; n <= 12; n++) {
      const votes = Array.from({ length: n }, () => ({ label: 'a', accuracy: 0.7 }));
      const confidence = weighVotes(votes, 4, CAP).posterior.get('a') ?? 0;
      expect(confidence).toBeGreaterThan(former);
      former = confidence;
    }
  });

  it('stays a probability with thousands of votes', () => {
    const votes = Array.from({ length: 20_000 }, (_, i) => ({
      label: i % 2 === 0 ? 'a' : 'b',
      accuracy: i % 2 === 0 ? 1 : 0,
    }));
    const { posterior } = weighVotes(votes, 2, CAP);
    expect(total(posterior)).toBeCloseTo(1, 9);
    expect(posterior.get('a')).toBeCloseTo(1, 12);
  });
});

describe('expected accuracy', () => {
  it('counts a tie as the chance that a random pick among the tied is right', () => {
    const tied = new Map([
      ['a', 0.4],
      ['b', 0.4],
      ['c', 0.2],
    ]);
    expect(expectedAccuracy(tied, 'a')).toBe(0.5);
    expect(expectedAccuracy(tied, 'c')).toBe(0);
    expect(expectedAccuracy(new Map([['a', 1]]), 'a')).toBe(1);
  });
});

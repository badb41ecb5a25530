import { z } from 'zod';

/**
 * Fields of answers. They say more to those who read the documentation, or have types made of it, than
 * they check: what the server writes is true already. `title` names the type in the SDKs. Browser-safe.
 */

/** A moment, ISO 8601 in UTC. */
export const Timestamp = z.string().meta({ format: 'date-time' });

/** A day, `YYYY-MM-DD`. */
export const DayText = z.string().meta({ format: 'date' });

/** A whole number: of sats, seconds, votes, people. */
export const whole = z.number().int();

/** How likely something is, 0 to 1. */
export const probability = z.number().meta({ minimum: 0, maximum: 1 });

export const Mode = z
  .enum(['live', 'test'])
  .meta({ title: 'Mode', description: '`test` is the sandbox: simulated workers, play sats.' });

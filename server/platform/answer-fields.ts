import { z } from 'zod';

/**
 * Response fields. Their metadata is for documentation and generated types more than for
 * validation, because the server's own output is already valid. `title` names the type in the SDKs.
 * Browser-safe.
 */

/** A timestamp, ISO 8601 in UTC. */
export const Timestamp = z.string().meta({ format: 'date-time' });

/** A day, `YYYY-MM-DD`. */
export const DayText = z.string().meta({ format: 'date' });

/** An integer: sats, seconds, votes, people. */
export const whole = z.number().int();

/** A probability, 0 to 1. */
export const probability = z.number().meta({ minimum: 0, maximum: 1 });

export const Mode = z
  .enum(['live', 'test'])
  .meta({ title: 'Mode', description: '`test` is the sandbox: simulated workers, play sats.' });

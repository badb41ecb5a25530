import { describe, expect, it } from 'vitest';
import { AppError, InvalidRequest, NotFound } from '@/server/platform/errors';
import { v0ErrorBody } from './error-body';

const bodyOf = (error: AppError) => v0ErrorBody(error, 'req_1');

describe('an error as v0 writes it', () => {
  it('has type, message, code and details, and the request id beside', () => {
    expect(bodyOf(new NotFound('task', 'x'))).toEqual({
      error: {
        type: 'not_found',
        message: 'No such task: x.',
        code: 'not_found',
        details: {},
      },
      requestId: 'req_1',
    });
  });

  it('names every field at fault, by its v0 name, with a sentence', () => {
    const faults = [
      { param: 'callback_url', code: 'invalid_field', message: 'callback_url must be https.' },
      {
        param: 'payout.maxAmount',
        code: 'missing_field',
        message: 'payout.maxAmount is required.',
      },
    ];
    const { error } = bodyOf(InvalidRequest.fromFaults(faults));
    expect(error.message).toBe('callbackUrl must be https.');
    expect(error.details).toEqual({
      callbackUrl: 'callbackUrl must be https.',
      'payout.maxAmount': 'payout.maxAmount is required.',
    });
  });

  it('gives facts in camelCase', () => {
    const details = { available_sats: 5, required_sats: 550 };
    const error = new AppError(402, 'insufficient_funds', 'insufficient_funds', 'No.', { details });
    expect(bodyOf(error).error.details).toEqual({ availableSats: 5, requiredSats: 550 });
  });

  it('makes an object of a single field without details', () => {
    const options = { param: 'idempotency_key' };
    const error = new AppError(409, 'conflict', 'idempotency_mismatch', 'Used.', options);
    expect(bodyOf(error).error.details).toEqual({ idempotencyKey: 'Used.' });
  });
});

import { describe, expect, it, vi } from 'vitest';
import { AppError, NotFound } from './errors';

describe('an AppError', () => {
  it('is known as one whichever copy of the class made it', async () => {
    vi.resetModules();
    const other = await import('./errors');
    expect(other.AppError).not.toBe(AppError);
    expect(new other.NotFound('task')).toBeInstanceOf(AppError);
    expect(new other.NotFound('task')).not.toBeInstanceOf(NotFound);
  });

  it('is told from its siblings and from what is none', () => {
    expect(new NotFound('task')).toBeInstanceOf(NotFound);
    expect(new AppError(400, 'validation_error', 'odd', 'Odd.')).not.toBeInstanceOf(NotFound);
    expect(new Error('odd')).not.toBeInstanceOf(AppError);
    expect(null).not.toBeInstanceOf(AppError);
  });
});

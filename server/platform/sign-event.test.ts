import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signEvent } from './sign-event';

/** The example from the Standard Webhooks specification. */
const STANDARD = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('webhook-signature', () => {
  it('is what Standard Webhooks says it is', () => {
    const { secret, signature, ...signed } = STANDARD;
    expect(signEvent({ ...signed, secrets: [secret] })).toMatchObject({
      'webhook-id': STANDARD.eventId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('is by both secrets during a rotation, the present one first', () => {
    const { secret, signature, ...signed } = STANDARD;
    const headers = signEvent({ ...signed, secrets: ['whsec_AAAA', secret] });
    const [first, second, ...more] = (headers['webhook-signature'] ?? '').split(' ');
    expect(first).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    expect(second).toBe(signature);
    expect(more).toEqual([]);
  });
});

describe('X-HumanRail-Signature', () => {
  it('is keyed with the whole secret text and has one t and one v1', () => {
    const { secret, eventId, timestamp, body } = STANDARD;
    const { 'x-humanrail-signature': header } = signEvent({
      eventId,
      timestamp,
      body,
      secrets: [secret, 'whsec_former'],
    });
    const hex = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    expect(header).toBe(`t=${timestamp},v1=${hex}`);
  });
});

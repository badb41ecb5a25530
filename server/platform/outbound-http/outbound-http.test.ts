import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { addressFault, assertPublicUrl, createOutbound, OutboundFailure } from './index';

const PUBLIC_ONLY = { loopback: false, private: false };
const WITH_LOOPBACK = { loopback: true, private: false };

const servers: Server[] = [];
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function failureOf(promise: Promise<unknown>): Promise<OutboundFailure> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof OutboundFailure) return error;
  throw new Error(`Expected an OutboundFailure, got ${String(error)}`);
}

describe('addresses that are off limits to customers', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2001::1',
    '2001:db8::1',
    'nonsense',
  ])('%s', (address) => {
    expect(addressFault(address, PUBLIC_ONLY)).not.toBeNull();
  });

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111'])('%s is open', (address) => {
    expect(addressFault(address, PUBLIC_ONLY)).toBeNull();
  });

  it('metadata and mapped addresses stay closed however much is allowed', () => {
    const all = { loopback: true, private: true };
    expect(addressFault('10.1.2.3', all)).toBeNull();
    expect(addressFault('169.254.169.254', all)).toBe('linkLocal');
    expect(addressFault('::ffff:127.0.0.1', all)).toBe('ipv4Mapped');
    expect(addressFault('0.0.0.0', all)).toBe('unspecified');
  });
});

describe('assertPublicUrl refuses at save time', () => {
  it.each([
    ['no URL', 'example.com/hooks'],
    ['another scheme', 'ftp://example.com'],
    ['plain http in live mode', 'http://example.com/hooks'],
    ['credentials', 'https://user:pass@example.com'],
    ['a private address', 'https://10.0.0.5/hooks'],
    ['the metadata address', 'https://169.254.169.254/latest'],
    ['loopback', 'https://127.0.0.1/hooks'],
    ['localhost', 'https://localhost:8080'],
    ['a name under localhost', 'https://a.localhost./'],
    ['a decimal address', 'https://2130706433/'],
    ['an octal address', 'https://0177.0.0.1/'],
    ['a hexadecimal address', 'https://0x7f.1/'],
    ['a mapped address', 'https://[::ffff:10.0.0.1]/'],
    ['a very long one', `https://example.com/${'x'.repeat(2_048)}`],
  ])('%s', (_name, url) => {
    expect(() => assertPublicUrl(url, { mode: 'live', allowPrivate: false })).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_field', param: 'url' }),
    );
  });

  it('a private address in live mode, even where loopback is allowed', () => {
    const live = { mode: 'live', allowPrivate: true, param: 'callback_url' } as const;
    expect(() => assertPublicUrl('https://192.168.0.9/', live)).toThrow(/^callback_url must be/);
    expect(assertPublicUrl('http://127.0.0.1:9000/x', live).href).toBe('http://127.0.0.1:9000/x');
    expect(assertPublicUrl('http://localhost:9000/', live).port).toBe('9000');
  });

  it('and accepts what is public, and plain http in test mode', () => {
    expect(assertPublicUrl('https://example.com/hooks', { mode: 'live' }).host).toBe('example.com');
    expect(assertPublicUrl('http://example.com/', { mode: 'test' }).protocol).toBe('http:');
    const test = { mode: 'test', allowPrivate: true } as const;
    expect(assertPublicUrl('http://10.0.0.2/', test).host).toBe('10.0.0.2');
  });
});

describe('a request', () => {
  it('sends the body as it stands and gives status, headers and body', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'X-Seen': `${request.method} ${request.url}` });
        response.end(Buffer.concat(chunks));
      });
    });
    const send = createOutbound(WITH_LOOPBACK);
    const answer = await send({ url: `${url}/a?b=1#c`, body: '{"ä": 1}' });
    expect(answer).toMatchObject({ status: 201, bodyText: '{"ä": 1}' });
    expect(answer.headers['x-seen']).toBe('POST /a?b=1');
    expect(answer.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('keeps 2 KB of an endless body and hangs up', async () => {
    let hungUp: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const url = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => {
        clearInterval(timer);
        hungUp();
      });
    });
    const answer = await createOutbound(WITH_LOOPBACK)({ url });
    expect(answer.bodyText).toHaveLength(2_048);
    await closed;
  });

  it('does not follow a redirect', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    expect(await createOutbound(WITH_LOOPBACK)({ url })).toMatchObject({ status: 302 });
  });

  it('ends with reason timeout when no answer comes', async () => {
    const url = await serve(() => undefined);
    const failure = await failureOf(createOutbound(WITH_LOOPBACK)({ url, timeoutMs: 100 }));
    expect(failure.reason).toBe('timeout');
    expect(failure.durationMs).toBeGreaterThanOrEqual(90);
  });

  it('keeps the status when only the body stalls', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      response.write('begun');
    });
    const answer = await createOutbound(WITH_LOOPBACK)({ url, timeoutMs: 150 });
    expect(answer).toMatchObject({ status: 200, bodyText: 'begun' });
  });

  it('ends with reason refused, dns or tls where that is what broke', async () => {
    const url = await serve((_request, response) => response.end());
    const send = createOutbound(WITH_LOOPBACK);
    expect((await failureOf(send({ url: url.replace('http:', 'https:') }))).reason).toBe('tls');
    for (const server of servers.splice(0)) {
      await new Promise((resolve) => server.close(resolve));
    }
    expect((await failureOf(send({ url }))).reason).toBe('refused');
    const noName = createOutbound(PUBLIC_ONLY, () =>
      Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
    );
    expect((await failureOf(noName({ url: 'https://nowhere.example/' }))).reason).toBe('dns');
  });
});

describe('the guard at connect time', () => {
  it('refuses literals without connecting', async () => {
    let reached = false;
    const url = await serve((_request, response) => {
      reached = true;
      response.end();
    });
    const failure = await failureOf(createOutbound(PUBLIC_ONLY)({ url }));
    expect(failure.reason).toBe('blocked');
    expect(failure.message).toContain('127.0.0.1');
    expect(reached).toBe(false);
  });

  it('refuses a name when any of its addresses is off limits', async () => {
    const send = createOutbound(PUBLIC_ONLY, async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '169.254.169.254', family: 4 },
    ]);
    const failure = await failureOf(send({ url: 'https://rebinding.example/' }));
    expect(failure.reason).toBe('blocked');
    expect(failure.message).toContain('169.254.169.254');
  });

  it('resolves once for each connection and connects to what was checked', async () => {
    const url = await serve((request, response) => response.end(request.headers.host));
    const asked: string[] = [];
    const send = createOutbound(WITH_LOOPBACK, async (host) => {
      asked.push(host);
      return [{ address: '127.0.0.1', family: 4 }];
    });
    const { port } = new URL(url);
    const answer = await send({ url: `http://hooks.example:${port}/` });
    expect(answer.bodyText).toBe(`hooks.example:${port}`);
    expect(asked).toEqual(['hooks.example']);
  });
});

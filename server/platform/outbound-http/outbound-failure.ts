export type OutboundFailureReason = 'dns' | 'refused' | 'timeout' | 'blocked' | 'tls' | 'other';

/** A connection blocked by the address policy. */
export class BlockedAddress extends Error {
  constructor(host: string, address: string, range: string) {
    super(
      host === address
        ? `${address} is not a public address (${range})`
        : `${host} resolves to ${address}, which is not a public address (${range})`,
    );
    this.name = 'BlockedAddress';
  }
}

const REASON_BY_CODE: Record<string, OutboundFailureReason> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EPROTO: 'tls',
};

const MESSAGES: Record<OutboundFailureReason, string> = {
  dns: 'The host name does not resolve',
  refused: 'The connection was refused',
  timeout: 'The request timed out',
  blocked: 'The address is not allowed',
  tls: 'The TLS connection failed',
  other: 'The connection failed',
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(code);
}

function reasonOf(error: unknown): OutboundFailureReason {
  if (error instanceof BlockedAddress) return 'blocked';
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  const code = codeOf(error);
  return REASON_BY_CODE[code] ?? (isTls(code) ? 'tls' : 'other');
}

/** No response: `reason` is the failed step, `message` is for people. */
export class OutboundFailure extends Error {
  private constructor(
    readonly reason: OutboundFailureReason,
    message: string,
    /** From the first look-up to the failure. */
    readonly durationMs: number,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'OutboundFailure';
  }

  static from(error: unknown, durationMs: number): OutboundFailure {
    const reason = reasonOf(error);
    const code = codeOf(error);
    const remark = error instanceof BlockedAddress ? error.message : code;
    return new OutboundFailure(
      reason,
      remark ? `${MESSAGES[reason]}: ${remark}.` : `${MESSAGES[reason]}.`,
      durationMs,
      error,
    );
  }
}

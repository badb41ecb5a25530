interface NamedEngine {
  /** Address of an Inngest server; none is the embedded engine. */
  url?: string;
  eventKey?: string;
  signingKey?: string;
}

/**
 * The variables by which the app finds an Inngest server: a development server asks for no keys, a
 * self-hosted one for both.
 * @throws Error that names what is missing.
 */
export function engineEnvironment({
  url,
  eventKey,
  signingKey,
}: NamedEngine): Record<string, string> {
  if (!url) {
    if (eventKey || signingKey)
      throw new Error('Keys are for an engine that is named: --engine URL.');
    return {};
  }
  if (!URL.canParse(url)) throw new Error(`--engine must be an address, not "${url}".`);
  if (!eventKey && !signingKey) return { INNGEST_DEV: url };
  if (!eventKey || !signingKey) {
    throw new Error('A self-hosted Inngest server has two keys: --event-key and --signing-key.');
  }
  return {
    INNGEST_BASE_URL: url,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_SIGNING_KEY: signingKey,
  };
}

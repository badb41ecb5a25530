interface NamedEngine {
  /** Address of an Inngest server; absent for the embedded engine. */
  url?: string;
  eventKey?: string;
  signingKey?: string;
}

/**
 * The app's variables for an Inngest server: a development server needs no keys, a self-hosted one
 * both.
 * @throws Error naming what is missing.
 */
export function engineEnvironment({
  url,
  eventKey,
  signingKey,
}: NamedEngine): Record<string, string> {
  if (!url) {
    if (eventKey || signingKey) throw new Error('Keys require an engine: --engine URL.');
    return {};
  }
  if (!URL.canParse(url)) throw new Error(`--engine must be an address, not "${url}".`);
  if (!eventKey && !signingKey) return { INNGEST_DEV: url };
  if (!eventKey || !signingKey) {
    throw new Error(
      'A self-hosted Inngest server requires both keys: --event-key and --signing-key.',
    );
  }
  return {
    INNGEST_BASE_URL: url,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_SIGNING_KEY: signingKey,
  };
}

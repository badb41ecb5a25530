/** The sizes and durations the engine keeps to; they are the real server's unless a line says why not. */
export const limits = {
  /** One event, in bytes of its JSON. */
  eventBytes: 3 * 1024 * 1024,
  eventsPerRequest: 5_000,
  sessionsPerEvent: 5,
  sessionKeyBytes: 128,
  sessionIdBytes: 512,
  /** A whole request to the engine; a checkpoint may carry a run's full state. */
  requestBytes: 40 * 1024 * 1024,
  /** One step's output in a reply. */
  stepBytes: 4 * 1024 * 1024,
  /** One step's output in a checkpoint, of which the real server was measured to take 4.5 MB. */
  checkpointedStepBytes: 5 * 1024 * 1024,
  /** All memoized steps of one run together. */
  stateBytes: 32 * 1024 * 1024,
  stepsPerRun: 1_000,
  triggersPerFunction: 10,
  /** An event's name in a trigger, and a cron. */
  triggerBytes: 255,
  cancelsPerFunction: 5,
  concurrencyPerFunction: 2,
  retries: 20,
  waitMs: 366 * 86_400_000,
  cancelMs: 365 * 86_400_000,
  dedupMs: 86_400_000,
  /** The longest period of a rate limit. */
  rateLimitMs: 86_400_000,
  retryAfterMinMs: 1_000,
  retryAfterMaxMs: 86_400_000,
  /** Debounced runs start this long after their quiet period, as the real server's do. */
  debounceSlackMs: 1_150,
  /** How long an app may be unreachable before refused connections use up attempts. */
  unreachableMs: 10 * 60_000,
  /** How often a job may lose its lease (a killed engine) before each loss costs an attempt. */
  freeLosses: 5,
  /** A request to the app that takes longer than this is given up as a failed attempt. */
  callMs: 5 * 60_000,
  leaseMs: 12_000,
  /** A look for what was lost, while there is work; every wake-up that counts comes without it. */
  pollMs: 1_000,
  /** The same while nothing is to be done. */
  idlePollMs: 2_000,
  /** A process that was not seen for so long, and whose database session has ended, is dead. */
  graceMs: 2_500,
  /** Ended runs and events are kept for so long at most… */
  retentionMs: 7 * 86_400_000,
  /** …of completed runs and of events the newest so many… */
  completedKept: 500,
  eventsKept: 500,
  /** …of failed and cancelled runs so many… */
  failedKept: 100_000,
  /** …and each for so long at least. */
  keptMs: 5 * 60_000,
} as const;

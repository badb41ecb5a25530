/** The engine's size and duration limits; the real server's unless a comment gives a reason. */
export const limits = {
  /** One event, in bytes of its JSON. */
  eventBytes: 3 * 1024 * 1024,
  eventsPerRequest: 5_000,
  sessionsPerEvent: 5,
  sessionKeyBytes: 128,
  sessionIdBytes: 512,
  /** A whole request to the engine; a checkpoint may carry a run's full state. */
  requestBytes: 40 * 1024 * 1024,
  /** One step's output in a response. */
  stepBytes: 4 * 1024 * 1024,
  /** One step's output in a checkpoint; the real server was measured to accept 4.5 MB. */
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
  /** Debounced runs start this long after their quiet period, as on the real server. */
  debounceSlackMs: 1_150,
  /** How long an app may be unreachable before refused connections use up attempts. */
  unreachableMs: 10 * 60_000,
  /** Lease losses (a killed engine) that are free per job, before each costs an attempt. */
  freeLosses: 5,
  /** Timeout of a request to the app; exceeding it counts as a failed attempt. */
  callMs: 5 * 60_000,
  leaseMs: 12_000,
  /** Poll interval for lost work while busy; every wake-up that matters arrives without it. */
  pollMs: 1_000,
  /** Poll interval while idle. */
  idlePollMs: 2_000,
  /** A process not seen for this long, whose database session has ended, is considered dead. */
  graceMs: 2_500,
  /** Ended runs and events are kept for at most this long… */
  retentionMs: 7 * 86_400_000,
  /** …with at most this many completed runs and events, newest first… */
  completedKept: 500,
  eventsKept: 500,
  /** …and this many failed and cancelled runs… */
  failedKept: 100_000,
  /** …but each for at least this long. */
  keptMs: 5 * 60_000,
} as const;

import type { JsonSchema } from '../output-type.js';

export type Mode = 'live' | 'test';
export type RiskTier = 'low' | 'medium' | 'high' | 'critical';
export type TerminalStatus = 'verified' | 'failed' | 'cancelled' | 'expired';
export type TaskStatus = 'posted' | 'assigned' | 'submitted' | TerminalStatus;

export type JsonObject = Record<string, unknown>;
export type Metadata = Record<string, string | number | boolean | null>;

export interface Redundancy {
  /** Answers gathered before the first judgement. */
  minVotes: number;
  /** Answers gathered at most; they are what is held. */
  maxVotes: number;
  /** Stop asking once the answer is this likely to be right, from 0.5 to 0.9999. */
  targetConfidence: number;
}

/** Test keys only: what the simulated workers do. */
export interface SandboxScript {
  outcome?: 'verified' | 'failed' | 'expired';
  /** The answer they give; made up from the schema unless told. */
  answer?: unknown;
  delaySeconds?: number;
  workers?: { accuracy: number }[];
  seed?: string | number;
}

export interface CreateTaskParams<S extends JsonSchema | undefined = JsonSchema | undefined> {
  /** What kind of question this is, 1–128 of `a-z 0-9 _ . -`. A saved type supplies defaults. */
  type: string;
  /** Shown to the worker, at most 256 KB. */
  payload: Readonly<JsonObject>;
  /** JSON Schema of the answer, at most 64 KB. A literal one gives `task.output` its type. */
  outputSchema?: S;
  /** Sats for each accepted answer, 1 to 10,000,000. */
  payoutSats?: number;
  /** Seconds until the task expires, 30 to 86,400; 600 unless told. */
  slaSeconds?: number;
  /** A worker must have all of them. */
  skillsRequired?: readonly string[];
  /** Pool and depth of verification; `medium` unless told. */
  riskTier?: RiskTier;
  redundancy?: Partial<Redundancy>;
  /** Markdown for the worker, at most 16 KB. */
  instructions?: string;
  /** Gets this task's events besides the registered endpoints. */
  callbackUrl?: string;
  /** At most 50 keys; never shown to workers. */
  metadata?: Readonly<Metadata>;
  /** What your model thinks, and how sure it is (0 to 1); never shown to workers. */
  agentGuess?: { output: unknown; confidence: number };
  onTimeout?: { action: 'expire' } | { action: 'default'; output: Readonly<JsonObject> };
  /** At most 256 characters: a second create with it returns the first task. See `idempotencyKey`. */
  idempotencyKey?: string;
  sandbox?: SandboxScript;
}

export interface StageReport {
  stage: string;
  verdict: string;
  reason: string | null;
  score: number | null;
}

export interface TaskPayout {
  id: string;
  amountSats: number;
  rail: string;
  status: string;
  paidAt: string | null;
}

interface TaskFields {
  /** UUID v7: sorts by creation time. */
  id: string;
  object: 'task';
  mode: Mode;
  type: string;
  payload: JsonObject;
  outputSchema: JsonObject;
  payoutSats: number;
  slaSeconds: number;
  skillsRequired: string[];
  riskTier: RiskTier;
  redundancy: Redundancy;
  instructions: string;
  metadata: Metadata;
  callbackUrl: string | null;
  idempotencyKey: string | null;
  /** How likely the output is right, 0 to 1. */
  confidence: number | null;
  votesUsed: number;
  /** What the other accepted answers said. */
  dissent: unknown[];
  verification: StageReport[];
  payouts: TaskPayout[];
  /** In sats: still held, charged for answers, and the fee. */
  costSats: { held: number; charged: number; fee: number };
  failureReason: { code: string; message: string } | null;
  createdAt: string;
  assignedAt: string | null;
  submittedAt: string | null;
  completedAt: string | null;
  updatedAt: string;
  expiresAt: string;
}

/** A task. Its `output` is null until it is `verified`; asking for the status narrows the type. */
export type Task<Output = unknown> = TaskFields &
  (
    | { status: 'verified'; output: Output }
    | { status: Exclude<TaskStatus, 'verified'>; output: Output | null }
  );

/** A task that nothing happens to any more. */
export type CompletedTask<Output = unknown> = Task<Output> & { status: TerminalStatus };

/** What became of one item of a batch, in the order of the items. */
export type BatchResult<Output = unknown> =
  | { status: number; task: Task<Output>; error?: undefined }
  | { status: number; task?: undefined; error: BatchError };

export interface BatchError {
  type: string;
  code: string;
  message: string;
  param?: string;
  details?: unknown;
  docUrl?: string;
}

export interface ListTasksParams {
  status?: TaskStatus;
  type?: string;
  /** Items a page, 1 to 100; 20 unless told. */
  limit?: number;
  /** The `nextCursor` of the page before. */
  after?: string;
  createdAfter?: Date | string;
  createdBefore?: Date | string;
  /** Only tasks that carry all of these. */
  metadata?: Readonly<Record<string, string>>;
}

/** One line of a task's timeline. */
export interface TaskEvent {
  id: string;
  object: 'task_event';
  taskId: string;
  /** Counts the task's events from the first. */
  sequence: number;
  type: string;
  /** The task's status after it. */
  status: TaskStatus;
  /** Facts of this event, spelled as the API sent them. */
  data: JsonObject;
  createdAt: string;
}

/**
 * A signed proof of how a task was verified, spelled as it was signed: `signature.value` (base64,
 * Ed25519) covers the receipt without `signature`, as canonical JSON (RFC 8785).
 */
export interface Receipt {
  object: 'receipt';
  task_id: string;
  mode: Mode;
  type: string;
  status: TerminalStatus;
  payload_sha256: string;
  output_schema_sha256: string;
  output: unknown;
  confidence: number | null;
  votes_used: number;
  verification: StageReport[];
  cost_sats: { held: number; charged: number; fee: number };
  created_at: string;
  completed_at: string | null;
  signature: { algorithm: 'ed25519'; public_key: string; value: string };
}

export interface Quote {
  object: 'quote';
  /** In sats: what a create would hold, and what of it is for answers and for the fee at most. */
  costSats: { held: number; payoutMax: number; feeMax: number };
  /** Workers who could take it, online or not. */
  eligibleWorkers: number;
  onlineWorkers: number;
  /** Seconds until half, and until nine in ten, of such tasks are done; null where none were. */
  expectedSeconds: { p50: number | null; p90: number | null };
  /** What is odd about the schema, in sentences. */
  warnings: string[];
}

import type { JsonSchema, TerminalStatus } from './base.js';
import type { TaskStatus } from './generated/enums.js';
import type { CreateTaskFields } from './generated/params.js';
import type { BatchError, TaskFields } from './generated/tasks.js';

export type { JsonObject, Metadata, TerminalStatus } from './base.js';
export type {
  CorrectionDecision,
  Mode,
  RiskTier,
  SandboxDecision,
  SandboxOutcome,
  TaskStatus,
} from './generated/enums.js';
export type {
  AgentGuess,
  DefaultOnTimeout,
  ExpireOnTimeout,
  OnTimeout,
  SandboxReviewer,
  SandboxScript,
  SandboxWorker,
} from './generated/params.js';
export type {
  PaymentProof,
  Receipt,
  ReceiptField,
  ReceiptPayout,
  ReceiptSignature,
  ReceiptVote,
} from './generated/receipts.js';
export type {
  BatchError,
  ExpectedSeconds,
  FailureReason,
  Quote,
  QuoteCost,
  QuoteTier,
  Redundancy,
  StageReport,
  TaskCorrection,
  TaskCost,
  TaskEvent,
  TaskPayout,
} from './generated/tasks.js';

export interface CreateTaskParams<S extends JsonSchema | undefined = JsonSchema | undefined>
  extends CreateTaskFields {
  /**
   * JSON Schema (draft 07 or later) of the answer, at most 64 KB. A literal one gives `task.output`
   * its type. Unless given, that of the saved type, else a text named `answer`.
   */
  outputSchema?: S;
}

/** A task. Its `output` is null until it is `verified`; asking for the status narrows the type. */
export type Task<Output = unknown> = TaskFields &
  (
    | { status: 'verified'; output: Output }
    | { status: Exclude<TaskStatus, 'verified'>; output: Output | null }
  );

/** A task that has ended. */
export type CompletedTask<Output = unknown> = Task<Output> & { status: TerminalStatus };

/** The result of one batch item, in the order of the items. */
export type BatchResult<Output = unknown> =
  | { status: number; task: Task<Output>; error?: undefined }
  | { status: number; task?: undefined; error: BatchError };

export interface ListTasksParams {
  status?: TaskStatus;
  type?: string;
  /** Items per page, 1 to 100; default 20. */
  limit?: number;
  /** The previous page's `nextCursor`. */
  after?: string;
  createdAfter?: Date | string;
  createdBefore?: Date | string;
  /** Only tasks with all of these. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * The types of verification: a stage's input and output. Everything in a context except
 * `validateOutput` is plain JSON, so a context can be stored and replayed. Stages are pure: no
 * clock, no randomness, no I/O.
 */
import type { ConfidenceBasis } from './consensus/calibrator';
import type { Evidence } from './consensus/evidence-facts';
import type { VerificationPolicy } from './policy';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The six stages, in order of execution. */
export const STAGE_NAMES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

export type RiskTier = 'low' | 'medium' | 'high' | 'critical';

/** `skipped`: the stage did not apply, or an earlier stage had already rejected the answer. */
export type VerdictKind = 'pass' | 'reject' | 'need_vote' | 'need_review' | 'skipped';

/** The reason, with a stable `code` and a `message` addressed to the worker. */
export interface VerdictReason {
  code: string;
  message: string;
}

/** One stage's verdict on one answer. JSON, stored unchanged. */
export interface Verdict {
  stage: StageName;
  verdict: VerdictKind;
  reason?: VerdictReason;
  /** The stage's score in [0, 1], higher is better; null if it has none. */
  score?: number | null;
  /** Details for operators. `auditRequested: true` requests a later, non-blocking review. */
  details?: JsonObject;
}

/**
 * A task type's rule: if `when` is true, `require` must be true. Both are JSON Logic on `{payload,
 * output}`.
 */
export interface Rule {
  id: string;
  /** If absent, the rule always applies. */
  when?: Json;
  require: Json;
  /** Shown to the worker whose answer breaks the rule. */
  message: string;
}

export interface Redundancy {
  minVotes: number;
  maxVotes: number;
  /** Posterior probability, in (0, 1), at which no further vote is requested. */
  targetConfidence: number;
  /** Minimum expected gain in confidence of a further vote. */
  voteValue: number;
  /** What happens to an answer below the target confidence when no more votes come. */
  onLowConfidence: 'verify' | 'review' | 'fail';
}

/** A worker's record on golds. */
export interface GoldTally {
  correct: number;
  total: number;
}

export interface TaskFacts {
  id: string;
  type: string;
  mode: 'live' | 'test';
  riskTier: RiskTier;
  payload: JsonObject;
  /** Normalised: no `$ref`, nullable types as `type: [T, 'null']` or `anyOf: [T, {type: 'null'}]`. */
  outputSchema: JsonObject;
  redundancy: Redundancy;
  rules: readonly Rule[];
  /** `organization`: the workers are colleagues, so a shared network is not suspicious. Default `public`. */
  pool?: 'public' | 'organization';
  /** Present if the task is a gold for this worker: the known answer, or the part of it that counts. */
  goldExpected?: Json;
  /** An explanation of the answer, for workers who gave another. */
  goldExplanation?: string;
  /** Whether the agent's guess may replace votes: fewer are requested if it has weight. */
  agentVotes?: boolean;
  /** A blind re-vote on an appeal: one person's opinion, and nobody else is asked. */
  reVote?: true;
}

/** The answer guessed by the requesting agent; see `agent-voter.ts`. */
export interface GuessFacts {
  /** The scope of its evidence: the type's agent at this confidence. */
  workerId: string;
  output: Json;
  /** The tenth that contains its confidence, 0 to 9. */
  bucket: number;
}

/** The verdict of the type's check URL on an answer. */
export interface CheckFacts {
  /** `unreachable`: no verdict after all attempts. */
  verdict: 'pass' | 'reject' | 'review' | 'unreachable';
  /** The receiver's message; for `unreachable` the reason. */
  message: string;
  tries: number;
}

/** The browser's report on how the answer was entered; shares are in [0, 1]. */
interface Telemetry {
  /** Milliseconds during which the task was visible and in focus. */
  activeMs?: number;
  /** Share of the typed characters that came from the clipboard. */
  pasteShare?: number;
  /** Share of the time with the page out of focus. */
  focusLossShare?: number;
  keystrokes?: number;
}

export interface AnswerFacts {
  id: string;
  workerId: string;
  output: Json;
  /** Milliseconds between start and submission, measured by the server. */
  elapsedMs: number;
  /** By a simulated worker with a scripted pace, which is not compared with the usual one. */
  isSimulated?: boolean;
  telemetry: Telemetry | null;
  /** Hashes; null if unknown, and for loopback and private addresses, which are not informative. */
  deviceHash: string | null;
  networkHash: string | null;
  /** Absent if the type has no check URL. */
  check?: CheckFacts;
}

/** Another accepted answer to the same task. */
export interface PeerAnswer {
  id: string;
  workerId: string;
  output: Json;
  deviceHash: string | null;
  networkHash: string | null;
  /** Whether one of its own stages requested a review; the request persists while waiting for further votes. */
  reviewRequested?: boolean;
  /** Workers with suspiciously similar answers, according to its own stages. */
  repeats?: readonly string[];
}

/** Statistics of this task type; see `typeStatsOf`. */
export interface TypeStats {
  /** Median and median absolute deviation of ln(seconds) per answer. */
  logSecondsMedian: number | null;
  logSecondsMad: number | null;
  /** Number of answers behind the durations: those of people. */
  timedSize: number;
  /** Number of answers behind the other statistics. */
  sampleSize: number;
  /** Shannon entropy of the labels, in nats. */
  labelEntropy: number | null;
  /** Share of each label (`labelOf`) among the type's answers; sums to 1. */
  labelShares: Record<string, number>;
  /** The agreement of two answers to the same task; null if too few tasks were answered twice. */
  agreement: Agreement | null;
}

/** The agreement of the first two answers to a task, choice by choice; see `agreementOf`. */
export interface Agreement {
  /** Share of the choices on which they agree. */
  share: number;
  /** By choice and label (`choiceKey`): its frequency, and the frequency of the other then giving it too. */
  labels: Record<string, { share: number; agreed: number }>;
}

/** A MinHash signature of a free text (`textSignature`), and its worker. */
export interface TextSignature {
  taskId: string;
  workerId: string;
  signature: readonly number[];
}

/** One task's answers by a worker and by others, as labels (`labelOf`). */
export interface SharedTask {
  own: string;
  /** At least one. */
  others: readonly string[];
}

/** The comparison of an earlier answer with a gold, or with the other of its task's first two answers. */
export interface TrackedAnswer {
  /** Share that was right, or in agreement: 0 or 1 for a gold, for others by their choices. */
  score: number;
  /** The expected share for a worker like the pool. */
  expected: number;
  /** The expected share for a worker who does not look at the task. */
  chance: number;
  /** The worker of the other answer; absent for golds. */
  with?: string;
  /** False for a partner whom the worker meets far more often than others. */
  weighs: boolean;
}

export interface WorkerFacts {
  /** Labels (`labelOf`) of earlier answers to this type, newest first, without the one judged. */
  recentLabels: readonly string[];
  /** Answers submitted in the last hour, all types. */
  recentAnswersPerHour: number;
  /** Golds of this type except this task; those before the latest return from a pause count less. */
  gold: GoldTally;
  /** Only those since then: the basis of the next pause. */
  goldSince: GoldTally;
  /** How often the worker was shown a gold's answer today by this organization. */
  goldsTold: number;
  /** Signatures of the worker's own recent free texts, on other tasks. */
  recentTexts: readonly TextSignature[];
  /** The worker's and others' labels of the same recent tasks, newest first. */
  labelMix: readonly SharedTask[];
  /** Evidence from recent answers about the worker's accuracy, oldest first; see `trackOf`. */
  track: readonly TrackedAnswer[];
  /** Whether the track starts with the worker's first answer, or the first since a pause. */
  trackIsWhole: boolean;
}

/**
 * A reviewer's decision, which settles the task. `output` is the correction, otherwise the value
 * shown to the reviewer as the answer; required with `correct`.
 */
export interface ReviewDecision {
  decision: 'accept' | 'correct' | 'reject';
  output?: Json;
  note?: string;
}

export type OutputCheck =
  | { ok: true }
  | { ok: false; errors: readonly { pointer: string; message: string }[] };

export interface StageContext {
  task: TaskFacts;
  answer: AnswerFacts;
  /** Excludes the answer being judged. */
  peers: readonly PeerAnswer[];
  /** Further answers that may still be requested: max_votes − peers − 1, or 0 if out of time or money. */
  votesRemaining: number;
  typeStats: TypeStats;
  worker: WorkerFacts;
  /** Signatures of other workers' recent free texts of this type; those on this task are ignored. */
  otherTexts: readonly TextSignature[];
  /** All workers of the type together: the starting point of a newcomer. */
  poolGold: GoldTally;
  /** The evidence about this task's voters, field by field. */
  evidence: Evidence;
  guess?: GuessFacts;
  /** Uniform in [0, 1), drawn once when the context is loaded. */
  qaDraw: number;
  policy: VerificationPolicy;
  /** Compiled `task.outputSchema`. */
  validateOutput: (output: unknown) => OutputCheck;
  review?: ReviewDecision;
  /** Verdicts of the previous stages; set by `judge`. */
  earlier: readonly Verdict[];
}

/** A context as loaded: a thread compiles the schema and runs the stages. */
export type LoadedContext = Omit<StageContext, 'earlier' | 'validateOutput'>;

export interface Stage {
  name: StageName;
  applies(ctx: StageContext): boolean;
  run(ctx: StageContext): Verdict;
}

/** The result of the six verdicts. `output` is present if consensus proposed an answer. */
export interface Judgement {
  verdicts: Verdict[];
  /** `unsure`: every answer is accepted, but the task fails, because the customer rejects low confidence. */
  outcome: 'verified' | 'unsure' | 'reject' | 'need_vote' | 'need_review';
  /** The reason, for `unsure`, `reject` and `need_review`. */
  reason?: VerdictReason;
  output?: Json;
  confidence?: number;
  /** How much the confidence can be trusted, by the number of labelled tasks behind it. */
  confidenceBasis?: ConfidenceBasis;
  /** The other accepted answers' values. */
  dissent?: Json[];
  /** Whether any stage requested a later audit. */
  auditRequested: boolean;
}

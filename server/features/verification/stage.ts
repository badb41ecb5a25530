/**
 * The words of verification: what a stage is told, and what it answers.
 * Everything in a context except `validateOutput` is plain JSON, so a context can be stored and
 * replayed. Stages are pure: no clock, no randomness, no I/O.
 */
import type { ConfidenceBasis } from './consensus/calibrator';
import type { Evidence } from './consensus/evidence-facts';
import type { VerificationPolicy } from './policy';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The six stages, in the order in which they run. */
export const STAGE_NAMES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

export type RiskTier = 'low' | 'medium' | 'high' | 'critical';

/** `skipped`: the stage did not apply, or an earlier stage had already rejected the answer. */
export type VerdictKind = 'pass' | 'reject' | 'need_vote' | 'need_review' | 'skipped';

/** Why, with a stable `code` and a `message` addressed to the worker. */
export interface VerdictReason {
  code: string;
  message: string;
}

/** One stage's judgement of one answer. JSON, to be stored as it is. */
export interface Verdict {
  stage: StageName;
  verdict: VerdictKind;
  reason?: VerdictReason;
  /** The stage's own figure in [0, 1], higher is better; null where it has none. */
  score?: number | null;
  /** What operators see. `auditRequested: true` asks for a review after the fact, blocking nothing. */
  details?: JsonObject;
}

/** A task type's rule: when `when` holds, `require` must hold. Both are JSON Logic on `{payload, output}`. */
export interface Rule {
  id: string;
  /** Left out: the rule always applies. */
  when?: Json;
  require: Json;
  /** Told to the worker whose answer breaks the rule. */
  message: string;
}

export interface Redundancy {
  minVotes: number;
  maxVotes: number;
  /** Posterior probability, in (0, 1), at which no further vote is bought. */
  targetConfidence: number;
  /** What a further vote must be expected to add to the confidence. */
  voteValue: number;
  /** What becomes of an answer that has no more votes to come and is less sure than that. */
  onLowConfidence: 'verify' | 'review' | 'fail';
}

/** How often somebody was right on gold answers. */
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
  /** `organization`: the workers are colleagues, so a shared network means nothing. Default `public`. */
  pool?: 'public' | 'organization';
  /** Present when the task is a gold for this worker: the known answer, or the part of it that counts. */
  goldExpected?: Json;
  /** Why that is the answer, for whoever gave another. */
  goldExplanation?: string;
  /** The agent's guess may stand in for votes: fewer are bought where it weighs. */
  agentVotes?: boolean;
  /** A blind re-vote on an appeal: it is one person's word, and nobody else is asked. */
  reVote?: true;
}

/** What the agent that asks would have answered; see `agent-voter.ts`. */
export interface GuessFacts {
  /** Whose evidence it has: the type's agent at this confidence. */
  workerId: string;
  output: Json;
  /** The tenth that its confidence lies in, 0 to 9. */
  bucket: number;
}

/** What the type's check URL said of an answer. */
export interface CheckFacts {
  /** `unreachable`: it gave no verdict, however often it was asked. */
  verdict: 'pass' | 'reject' | 'review' | 'unreachable';
  /** Its own words; of `unreachable` why. */
  message: string;
  tries: number;
}

/** What the worker's browser told about the way of answering; shares are in [0, 1]. */
interface Telemetry {
  /** Milliseconds in which the task was visible and in focus. */
  activeMs?: number;
  /** Share of the typed characters that came from the clipboard. */
  pasteShare?: number;
  /** Share of the time in which the page was out of focus. */
  focusLossShare?: number;
  keystrokes?: number;
}

export interface AnswerFacts {
  id: string;
  workerId: string;
  output: Json;
  /** Milliseconds between start and submission, measured by the server. */
  elapsedMs: number;
  /** Given by a simulated worker, whose pace its script sets: it is not held against what is usual. */
  isSimulated?: boolean;
  telemetry: Telemetry | null;
  /** Hashes; null when unknown, and for loopback and private addresses, which say nothing. */
  deviceHash: string | null;
  networkHash: string | null;
  /** Left out where the type has no check URL. */
  check?: CheckFacts;
}

/** Another answer to the same task that was accepted so far. */
export interface PeerAnswer {
  id: string;
  workerId: string;
  output: Json;
  deviceHash: string | null;
  networkHash: string | null;
  /** One of its own stages asked for a reviewer; the request outlives the wait for further votes. */
  reviewRequested?: boolean;
  /** Workers whose answers its own repeat more often than being right explains, by its own stages. */
  repeats?: readonly string[];
}

/** What is usual for this task type; see `typeStatsOf`. */
export interface TypeStats {
  /** Median and median absolute deviation of ln(seconds) per answer. */
  logSecondsMedian: number | null;
  logSecondsMad: number | null;
  /** Answers that the figures of time rest on: those of people. */
  timedSize: number;
  /** Answers that the other figures rest on. */
  sampleSize: number;
  /** Shannon entropy of the labels, in nats. */
  labelEntropy: number | null;
  /** Share of each label (`labelOf`) among the type's answers; sums to 1. */
  labelShares: Record<string, number>;
  /** How far two who answer the same task agree; null while too few tasks were answered twice. */
  agreement: Agreement | null;
}

/** How far the first two answers to a task say the same, choice by choice; see `agreementOf`. */
export interface Agreement {
  /** Share of the choices in which they agree. */
  share: number;
  /** By choice and label (`choiceKey`): how often it is said, and how often the other then says it too. */
  labels: Record<string, { share: number; agreed: number }>;
}

/** A MinHash signature of a free text (`textSignature`), and whose it is. */
export interface TextSignature {
  taskId: string;
  workerId: string;
  signature: readonly number[];
}

/** One task as a worker and others answered it, by labels (`labelOf`). */
export interface SharedTask {
  own: string;
  /** At least one. */
  others: readonly string[];
}

/** How an answer of before compares: to a known answer, or to the other of its task's first two. */
export interface TrackedAnswer {
  /** Share in which it was right, or agreed: 0 or 1 of a gold, of others by their choices. */
  score: number;
  /** What is expected of somebody like the pool. */
  expected: number;
  /** What is expected of somebody who does not look at the task. */
  chance: number;
  /** Who gave the other answer; left out of golds. */
  with?: string;
  /** False where that is somebody whom the worker meets far more often than others. */
  weighs: boolean;
}

export interface WorkerFacts {
  /** Labels (`labelOf`) of earlier answers to this type, newest first, without the one judged. */
  recentLabels: readonly string[];
  /** Answers submitted in the last hour, all types. */
  recentAnswersPerHour: number;
  /** Gold answers of this type, this task left out; those before the latest return from a pause for less. */
  gold: GoldTally;
  /** Those since then alone: what the next pause is decided by. */
  goldSince: GoldTally;
  /** How often the worker was told today what a gold of the organization's had for an answer. */
  goldsTold: number;
  /** Signatures of the worker's own recent free texts, on other tasks. */
  recentTexts: readonly TextSignature[];
  /** What the worker and others said of the same recent tasks, newest first. */
  labelMix: readonly SharedTask[];
  /** What the recent answers show of the worker's accuracy, oldest first; see `trackOf`. */
  track: readonly TrackedAnswer[];
  /** The track begins with the worker's first answer, or the first since a pause. */
  trackIsWhole: boolean;
}

/**
 * A reviewer's word, which settles the task. `output` is the correction, else what the reviewer was shown as
 * the answer to be given; it is needed with `correct`.
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
  /** Without the answer under judgement. */
  peers: readonly PeerAnswer[];
  /** Further answers that may still be bought: max_votes − peers − 1, or 0 when time or money is out. */
  votesRemaining: number;
  typeStats: TypeStats;
  worker: WorkerFacts;
  /** Signatures of other workers' recent free texts of this type; those on this task are passed over. */
  otherTexts: readonly TextSignature[];
  /** All workers of the type together: where a newcomer starts. */
  poolGold: GoldTally;
  /** What is known of the voters on this task, field by field. */
  evidence: Evidence;
  guess?: GuessFacts;
  /** Uniform in [0, 1), drawn once when the context is loaded. */
  qaDraw: number;
  policy: VerificationPolicy;
  /** Compiled `task.outputSchema`. */
  validateOutput: (output: unknown) => OutputCheck;
  review?: ReviewDecision;
  /** Verdicts of the stages before this one; `judge` fills it in. */
  earlier: readonly Verdict[];
}

/** A context as it is loaded: a thread compiles the schema and runs the stages. */
export type LoadedContext = Omit<StageContext, 'earlier' | 'validateOutput'>;

export interface Stage {
  name: StageName;
  applies(ctx: StageContext): boolean;
  run(ctx: StageContext): Verdict;
}

/** What the six verdicts come to. `output` is present when consensus had an answer to propose. */
export interface Judgement {
  verdicts: Verdict[];
  /** `unsure`: every answer is accepted, and the task fails, since the customer wants none so unsure. */
  outcome: 'verified' | 'unsure' | 'reject' | 'need_vote' | 'need_review';
  /** Why, for `unsure`, `reject` and `need_review`. */
  reason?: VerdictReason;
  output?: Json;
  confidence?: number;
  /** How far the confidence can be trusted, by the labelled tasks behind it. */
  confidenceBasis?: ConfidenceBasis;
  /** What the other accepted answers said. */
  dissent?: Json[];
  /** A review after the fact was asked for by any stage. */
  auditRequested: boolean;
}

import type { Task } from '@/server/features/tasks/schema';

type Cell = string | number | null;

/** A task's columns in a CSV file; documents are JSON in one cell. */
const COLUMNS: [string, (task: Task) => Cell][] = [
  ['id', (task) => task.id],
  ['created_at', (task) => task.created_at],
  ['mode', (task) => task.mode],
  ['status', (task) => task.status],
  ['type', (task) => task.type],
  ['risk_tier', (task) => task.risk_tier],
  ['payout_sats', (task) => task.payout_sats],
  ['held_sats', (task) => task.cost_sats.held],
  ['charged_sats', (task) => task.cost_sats.charged],
  ['fee_sats', (task) => task.cost_sats.fee],
  ['confidence', (task) => task.confidence],
  ['confidence_basis', (task) => task.confidence_basis],
  ['votes_used', (task) => task.votes_used],
  ['sla_seconds', (task) => task.sla_seconds],
  ['assigned_at', (task) => task.assigned_at],
  ['submitted_at', (task) => task.submitted_at],
  ['completed_at', (task) => task.completed_at],
  ['expires_at', (task) => task.expires_at],
  ['failure_code', (task) => task.failure_reason?.code ?? null],
  ['failure_message', (task) => task.failure_reason?.message ?? null],
  ['idempotency_key', (task) => task.idempotency_key],
  ['metadata', (task) => JSON.stringify(task.metadata)],
  ['output', (task) => (task.output === null ? null : JSON.stringify(task.output))],
  ['payload', (task) => JSON.stringify(task.payload)],
];

export const CSV_COLUMNS = COLUMNS.map(([name]) => name);

export function csvCellsOf(task: Task): Cell[] {
  return COLUMNS.map(([, read]) => read(task));
}

export { lateAfterMs, periodMs } from './late-after';
export {
  type DeclaredSweep,
  declaredSweeps,
  declareSweep,
  listSweepRuns,
  noteSweepEnd,
  noteSweepFailure,
  noteSweepStart,
  type SweepRun,
} from './sweep-log';

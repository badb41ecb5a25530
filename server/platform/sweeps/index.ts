export { lateAfterMs, periodMs } from './late-after';
export {
  claimSweeps,
  type DeclaredSweep,
  declaredSweeps,
  declareSweep,
  listSweepRuns,
  MINUTE_SWEEPS,
  noteSweepEnd,
  noteSweepEnds,
  noteSweepFailure,
  noteSweepStart,
  type SweepEnd,
  type SweepRun,
} from './sweep-log';

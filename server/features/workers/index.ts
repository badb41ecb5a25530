export { createWorker, grantEverySkillToSimulated, grantSkills } from './create-worker';
export { holdsSkills, inCrowd, inPool, trustedWith } from './in-pool';
export { onWorkersOnline } from './online-hint';
export { ownSeconds, TIMES_KEPT } from './own-seconds';
export { type KindOfTask, type Pace, paceOf, satsPerHourAt } from './pace';
export { getPreferences, savePreferences } from './preferences';
export {
  countEligibleWorkers,
  getWorkerProfile,
  hasEligibleWorker,
  workerActorFor,
} from './queries';
export { reliabilitySteps } from './record-reliability';
export { dismissCrowd, ensureCrowd, IS_DISMISSED } from './scripted-crowd';
export { setOnCall } from './set-on-call';
export { announceOnline, heartbeat, setOnline } from './set-online';
export { setWorkerPayouts } from './set-payouts';
export { assertSkillsKnown, knownSkills, saveSkills } from './skills';
export { tellPages } from './tell-pages';
export {
  pause as stopWorker,
  resume as resumeWorker,
  takeIn as takeInWorker,
  takeOut as takeOutWorker,
} from './transition';
export { listTypeWages } from './type-paces';
export { type WageFloor, wageFloorFor } from './wage-floor';

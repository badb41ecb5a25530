export { openDifferences, type TroubledReconciliation, troubledReconciliation } from './queries';
export { reconcileWhole } from './reconcile-now';

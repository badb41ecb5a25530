export { latestCheck } from './check-ledger';

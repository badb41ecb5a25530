export { decideReview } from './decide-review';
export { differsFromDelivered, recordCorrection } from './record-correction';

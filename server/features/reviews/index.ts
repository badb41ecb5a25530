export { decideReview } from './decide-review';

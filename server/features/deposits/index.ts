export { type Hearing, hearOfDeposit } from './hear-of-deposit';
export { depositsOf } from './queries';

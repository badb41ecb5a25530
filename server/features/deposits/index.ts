export { checkDeposit } from './check-deposit';
export { openDeposit } from './create-deposit';
export { type Hearing, hearOfDeposit } from './hear-of-deposit';
export { depositsOf } from './queries';

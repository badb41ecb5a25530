export { claimRefund, describeRefund } from './withdraw-refund';

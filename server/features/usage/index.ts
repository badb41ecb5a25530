export { countPaid } from './count-paid';
export { getUsage } from './get-usage';
export { firstDayOf } from './usage-range';

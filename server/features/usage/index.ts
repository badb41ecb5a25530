export { getUsage } from './get-usage';

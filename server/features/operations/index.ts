export { measureOperations } from './measure-operations';

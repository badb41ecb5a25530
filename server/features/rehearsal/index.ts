export { divertEvents } from './divert';

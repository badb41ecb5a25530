export { retireGold } from './retire-gold';

export { displayRateFor } from './display-currency';
export { satsPerUsd } from './read-rates';

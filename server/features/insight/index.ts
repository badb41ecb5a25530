export { type Interval, wilson } from './calibration';

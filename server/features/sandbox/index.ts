export { answerTimes } from './answer-times';

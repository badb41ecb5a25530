export {
  type NoteRequest,
  noteJudgement,
  noteWebhook,
  requestNoter,
  timeRailCall,
} from './instruments';
export { gauge, readMetrics, setProductMetrics, shareMetrics } from './read-metrics';
export type { Measured, Sample } from './registry';

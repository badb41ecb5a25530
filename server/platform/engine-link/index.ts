export { type EngineCheck, engineCheck } from './engine-check';
export {
  type EngineConsole,
  type EngineWork,
  engineConsole,
  type FailedRun,
  type FunctionBacklog,
  setEngineConsole,
} from './engine-console';
export {
  beginRegistration,
  type EngineLink,
  type EngineState,
  endRegistration,
  ensureEngineLink,
  LINK_COLUMNS,
  noteProbe,
  releaseEngineLink,
  setEngineState,
  setFingerprint,
} from './engine-link';

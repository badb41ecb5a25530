export { type EngineCheck, engineCheck } from './engine-check';
export {
  beginRegistration,
  type EngineLink,
  type EngineState,
  endRegistration,
  findEngineLink,
  holdEngineLink,
  noteEngineCall,
  noteProbe,
  releaseEngineLink,
  setEngineState,
  setFingerprint,
} from './engine-link';

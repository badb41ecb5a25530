export { renderV0Event, v0EventType } from './render-event';
export { renderV0Task } from './render-task';
export { sampleV0Event } from './sample-event';

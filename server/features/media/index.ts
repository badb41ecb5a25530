export type { Viewers } from './find-payload';
export { type OpenedMedia, openMedia } from './open-media';

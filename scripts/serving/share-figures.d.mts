import type { Worker } from 'node:cluster';

export function shareFigures(workers: () => Iterable<Worker>): (worker: Worker) => void;

/**
 * Consensus as a pure library: combines several people's answers, with a confidence. It uses no
 * database, network or clock, and randomness comes from seeds: equal arguments give equal results.
 * Labels and workers are numbers in typed arrays (`voteTable` converts names); posteriors are a
 * `Float64Array` of tasks × labels, row by row.
 *
 * ```ts
 * const table = voteTable([
 *   { task: 't1', worker: 'ann', label: 'cat' },
 *   { task: 't1', worker: 'bob', label: 'dog' },
 * ]);
 * const truth = new Int32Array(table.tasks.length).fill(UNKNOWN); // or the place of the true label
 * const { posterior, calibrator } = estimate('auto', { table, truth, random: () => seededRandom(1) });
 * const k = table.labels.length;
 * const confidence = calibrate(posterior.subarray(0, k), calibrator); // of t1, label by label
 * ```
 *
 * Complexity: naive Bayes is O(votes × labels), Dawid–Skene and EBCC the same per round, with at
 * most some hundred rounds. Within one answer, rankings of up to 100 items, transcripts of up to
 * 1,000 words and lists of up to 100 objects are compared structurally, in O(votes² × size²), lists
 * in O(votes² × size³); larger ones as text. The product judges in threads.
 */
export { calibrationOf, eceFloor, expectedAccuracy } from './calibration';
export { type ConfidenceBasis, calibrate, confidenceBasis } from './calibrator';
export { estimate, METHODS, type Method } from './estimate';
export { UNKNOWN } from './gold-naive-bayes';
export { estimateNumbers } from './numbers';
export { seededRandom, shuffled } from './seeded-random';
export { voteTable } from './vote-table';

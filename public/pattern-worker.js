/**
 * Runs patterns with the browser's own engine, which may take for ever: the page ends this worker
 * when it does. See components/task-form/check/slow-patterns.ts.
 */
self.onmessage = ({ data: { source, flags, text } }) => {
  self.postMessage(new RegExp(source, flags).test(text));
};
self.postMessage('ready');

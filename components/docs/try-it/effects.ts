/** What a call that cannot be undone does, by its id. */
export const EFFECTS: Record<string, string> = {
  'tasks.cancel': 'It ends the task for good.',
  'webhooks.delete': 'It deletes the endpoint for good; nothing is sent to it any more.',
  'webhooks.rotate':
    'It replaces the endpoint’s secret at once: handlers that check X-HumanRail-Signature need the new one.',
  'webhooks.rotate_callback_secret':
    'It replaces the callback secret of the whole organization at once, for live mode as well.',
  'webhooks.replay': 'It sends events to the endpoint again.',
  'deliveries.replay': 'It sends the event to its address again.',
  'golds.delete': 'It retires the gold: no worker gets it any more.',
  'test_clock.reset':
    'It lets test mode run on the wall clock again, and forgets what its crowd has shown.',
  'task_types.put': 'It replaces all that is saved for this type.',
  'task_types.delete': 'It deletes what is saved for this type.',
};

/** Each SDK's method for an operation. */
interface Call {
  python: string;
  typescript: string;
  go: string;
}

const call = (python: string, typescript: string, go: string): Call => ({ python, typescript, go });

/** Every operation of the SDKs, in the order of the reference. A test compares it with the SDKs. */
export const CALLS: Record<string, Call> = {
  'tasks.create': call('tasks.create', 'tasks.create', 'Tasks.Create'),
  'tasks.get': call('tasks.get', 'tasks.get', 'Tasks.GetWaiting'),
  'tasks.list': call('tasks.list', 'tasks.list', 'Tasks.List'),
  'tasks.create_batch': call('tasks.create_batch', 'tasks.createBatch', 'Tasks.CreateBatch'),
  'tasks.cancel': call('tasks.cancel', 'tasks.cancel', 'Tasks.Cancel'),
  'tasks.events': call('tasks.events', 'tasks.events', 'Tasks.Events'),
  'tasks.receipt': call('tasks.receipt', 'tasks.receipt', 'Tasks.Receipt'),
  'quotes.create': call('quotes.create', 'quotes.create', 'Quotes.Create'),
  'webhooks.create': call('webhooks.create', 'webhooks.create', 'Webhooks.Create'),
  'webhooks.list': call('webhooks.list', 'webhooks.list', 'Webhooks.List'),
  'webhooks.get': call('webhooks.get', 'webhooks.get', 'Webhooks.Get'),
  'webhooks.update': call('webhooks.update', 'webhooks.update', 'Webhooks.Update'),
  'webhooks.rotate': call('webhooks.rotate', 'webhooks.rotate', 'Webhooks.Rotate'),
  'webhooks.test': call('webhooks.test', 'webhooks.test', 'Webhooks.Test'),
  'webhooks.list_deliveries': call(
    'webhooks.deliveries',
    'webhooks.deliveries',
    'Webhooks.Deliveries',
  ),
  'webhooks.replay': call('webhooks.replay', 'webhooks.replay', 'Webhooks.Replay'),
  'deliveries.replay': call('deliveries.replay', 'deliveries.replay', 'Deliveries.Replay'),
  'webhooks.delete': call('webhooks.delete', 'webhooks.delete', 'Webhooks.Delete'),
  'webhooks.get_callback_secret': call(
    'webhooks.get_callback_secret',
    'webhooks.getCallbackSecret',
    'Webhooks.GetCallbackSecret',
  ),
  'webhooks.rotate_callback_secret': call(
    'webhooks.rotate_callback_secret',
    'webhooks.rotateCallbackSecret',
    'Webhooks.RotateCallbackSecret',
  ),
  'task_types.put': call('task_types.put', 'taskTypes.put', 'TaskTypes.Put'),
  'golds.create': call('golds.create', 'golds.create', 'Golds.Create'),
  'golds.list': call('golds.list', 'golds.list', 'Golds.List'),
  'golds.delete': call('golds.delete', 'golds.delete', 'Golds.Delete'),
  'task_types.list': call('task_types.list', 'taskTypes.list', 'TaskTypes.List'),
  'task_types.delete': call('task_types.delete', 'taskTypes.delete', 'TaskTypes.Delete'),
  'usage.get': call('usage.get', 'usage.get', 'Usage.Get'),
  'balance.get': call('balance.get', 'balance.get', 'Balance.Get'),
  'deposits.create': call('deposits.create', 'deposits.create', 'Deposits.Create'),
  'deposits.get': call('deposits.get', 'deposits.get', 'Deposits.Get'),
  'deposits.list': call('deposits.list', 'deposits.list', 'Deposits.List'),
  'test_clock.get': call('test.clock.get', 'test.clock.get', 'Test.Clock.Get'),
  'test_clock.advance': call('test.clock.advance', 'test.clock.advance', 'Test.Clock.Advance'),
  'test_clock.reset': call('test.clock.reset', 'test.clock.reset', 'Test.Clock.Reset'),
};

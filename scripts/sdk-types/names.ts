/** Which components of the OpenAPI document the SDKs have as types, and what they call them. */

/** Bodies of calls; each language adds its own ending, such as `CreateTaskRequest`. */
export const REQUESTS: Readonly<Record<string, string>> = {
  CreateTaskInput: 'CreateTask',
  PutTaskTypeInput: 'PutTaskType',
  CreateGoldInput: 'CreateGold',
  CreateEndpointInput: 'CreateWebhook',
  UpdateEndpointInput: 'UpdateWebhook',
  ReplayFailedInput: 'ReplayDeliveries',
};

export const OBJECTS: Readonly<Record<string, string>> = {
  AdvancedTestClock: 'AdvancedTestClock',
  Balance: 'Balance',
  BatchFailure: 'BatchFailure',
  BatchTask: 'BatchTask',
  CallbackSecret: 'CallbackSecret',
  Delivery: 'Delivery',
  DeliveryAttempt: 'DeliveryAttempt',
  Endpoint: 'WebhookEndpoint',
  EndpointWithSecret: 'WebhookEndpointWithSecret',
  Event: 'WebhookEvent',
  Gold: 'Gold',
  Quote: 'Quote',
  Receipt: 'Receipt',
  RedundancyInput: 'Redundancy',
  ReplayedDeliveries: 'ReplayedDeliveries',
  RotatedEndpoint: 'RotatedWebhookEndpoint',
  RuleInput: 'Rule',
  SandboxScriptInput: 'SandboxScript',
  StageReport: 'StageReport',
  Task: 'Task',
  TaskBatch: 'TaskBatch',
  TaskPayout: 'TaskPayout',
  TaskCorrection: 'TaskCorrection',
  TaskTimelineEvent: 'TaskEvent',
  TaskType: 'TaskType',
  TestClock: 'TestClock',
  TestClockEvent: 'TestClockEvent',
  TestResult: 'WebhookTestResult',
  Usage: 'Usage',
  UsageBucket: 'UsageBucket',
  UsageFacts: 'UsageFacts',
  VerificationPolicy: 'VerificationPolicy',
  VerificationPolicyInput: 'VerificationPolicy',
};

/** What every SDK writes in its own way: pages, the error, and what only says that it is gone. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'AdvanceTestClockInput',
  'CreateTaskBatchInput',
  'DeletedEndpoint',
  'DeletedGold',
  'DeletedTaskType',
  'DeliveryList',
  'EndpointList',
  'Error',
  'GoldList',
  'TaskList',
  'TaskTimeline',
  'TaskTypeList',
]);

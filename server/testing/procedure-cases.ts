import type { MemberRole } from '@/server/platform/actor';
import { newId } from '@/server/platform/ids';

/** Ids that belong to the first organization's test mode. */
export const owned = {
  task: '',
  endpoint: '',
  delivery: '',
  key: '',
  member: '',
  invitation: '',
  person: '',
  poolInvitation: '',
  taskType: '',
  gold: '',
  pause: '',
  review: '',
  goldCandidate: '',
};

export interface Case {
  input?: () => unknown;
  /** What a stranger, and the other mode, get by the owner's ids; `own` where no id is named. */
  foreign: 'NOT_FOUND' | 'nothing' | 'own';
  /** Seen from both modes alike. */
  bothModes?: true;
  /** The highest role that is refused; left out for what every member may. */
  refused?: MemberRole;
}

const task = () => ({ id: owned.task });
const taskType = () => ({ type: owned.taskType });
const createBody = () => ({ type: 'tenancy', payload: { q: 2 }, payout_sats: 10 });
const goldFile = () => ({
  type: 'tenancy',
  format: 'jsonl' as const,
  text: JSON.stringify({ payload: { n: newId() }, expected_output: { answer: 'a' } }),
});
const endpoint = () => ({ id: owned.endpoint });
const since = '2026-01-01T00:00:00Z';

/** Every procedure for members; one that is missing here fails `server/trpc.tenancy.db.test.ts`. */
export const CASES: Record<string, Case> = {
  'apiKeys.list': { input: () => ({}), foreign: 'own' },
  'apiKeys.create': {
    input: () => ({ name: 'Key', mode: 'test' }),
    foreign: 'own',
    refused: 'viewer',
  },
  'apiKeys.roll': {
    input: () => ({ id: owned.key }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'viewer',
  },
  'apiKeys.revoke': {
    input: () => ({ id: owned.key }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'viewer',
  },
  'appeals.own': { foreign: 'own' },
  'deliveries.ofTask': { input: () => ({ taskId: owned.task }), foreign: 'NOT_FOUND' },
  'deliveries.ofEndpoint': {
    input: () => ({ endpointId: owned.endpoint }),
    foreign: 'NOT_FOUND',
  },
  'deliveries.health': {
    input: () => ({ endpointId: owned.endpoint }),
    foreign: 'NOT_FOUND',
  },
  'deliveries.request': { input: () => ({ id: owned.delivery }), foreign: 'NOT_FOUND' },
  'deliveries.replay': {
    input: () => ({ id: owned.delivery }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'deliveries.replayFailed': {
    input: () => ({ endpointId: owned.endpoint, since }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'golds.list': { input: taskType, foreign: 'NOT_FOUND' },
  'golds.export': { input: taskType, foreign: 'NOT_FOUND' },
  'golds.add': {
    input: () => ({ type: 'tenancy', payload: { q: 3 }, expected_output: { answer: 'a' } }),
    foreign: 'own',
    refused: 'viewer',
  },
  'golds.checkFile': { input: goldFile, foreign: 'own', refused: 'viewer' },
  'golds.import': { input: goldFile, foreign: 'own', refused: 'viewer' },
  'golds.change': {
    input: () => ({ id: owned.gold, retired: true }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'golds.candidates': { input: taskType, foreign: 'nothing' },
  'golds.takeCandidate': {
    input: () => ({ id: owned.goldCandidate }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'golds.dismissCandidate': {
    input: () => ({ id: owned.goldCandidate }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'inspector.open': { foreign: 'own', refused: 'viewer' },
  'inspector.received': { input: () => ({}), foreign: 'own' },
  'inspector.clear': { foreign: 'own', refused: 'viewer' },
  'ledger.balance': { foreign: 'own' },
  'ledger.limits': { foreign: 'own' },
  'ledger.setLimits': {
    input: () => ({ maxSpendSatsPerDay: null, lowBalanceSats: null, version: 0 }),
    foreign: 'own',
    refused: 'developer',
  },
  'ledger.statement': { input: () => ({}), foreign: 'own' },
  'ledger.depositPlaySats': {
    input: () => ({ amountSats: 1 }),
    foreign: 'own',
    refused: 'viewer',
  },
  'webhooks.revealCallbackSecret': { foreign: 'own', refused: 'viewer' },
  // Before the stranger closes their organization, whose secret is then at rest.
  'webhooks.rotateCallbackSecret': { foreign: 'own', refused: 'viewer' },
  'closures.preview': { foreign: 'own', refused: 'admin' },
  'closures.close': {
    // The stranger closes their own, which has the same name and these sats.
    input: () => ({ organizationName: 'Organization under test', leavesSats: 1_000_000 }),
    foreign: 'own',
    refused: 'admin',
  },
  'organizations.rename': {
    input: () => ({ name: 'Renamed' }),
    foreign: 'own',
    refused: 'developer',
  },
  'organizations.transfer': {
    input: () => ({ userId: owned.member, organizationName: 'Organization under test' }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'admin',
  },
  'organizations.audit': { input: () => ({}), foreign: 'own', refused: 'developer' },
  'people.list': { input: () => ({}), foreign: 'own' },
  'people.skills': { foreign: 'own' },
  'people.pool': { foreign: 'own' },
  'people.setPublicPool': {
    input: () => ({ publicPool: true }),
    foreign: 'own',
    refused: 'developer',
  },
  'people.setVettedWorkersOnly': {
    input: () => ({ vettedWorkersOnly: false }),
    foreign: 'own',
    refused: 'developer',
  },
  'people.invitations': { foreign: 'own', refused: 'developer' },
  'people.invite': { input: () => ({}), foreign: 'own', refused: 'developer' },
  'people.revokeInvitation': {
    input: () => ({ id: owned.poolInvitation }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'people.update': {
    input: () => ({ workerId: owned.person, version: 1, skills: [] }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'people.setStatus': {
    input: () => ({ workerId: owned.person, status: 'active' }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'people.pauses': { foreign: 'own' },
  'people.pauseType': {
    input: () => ({ workerId: owned.person, type: 'tenancy', reason: 'A rest.' }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'people.liftPause': {
    input: () => ({ pauseId: owned.pause, reason: 'Rested.' }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'people.remove': {
    input: () => ({ workerId: owned.person }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'checks.test': {
    input: () => ({ type: 'tenancy', url: 'http://127.0.0.1:9/' }),
    foreign: 'own',
    refused: 'viewer',
  },
  'ownReviews.list': { input: () => ({}), foreign: 'own', refused: 'viewer' },
  'ownReviews.counts': { input: () => ({}), foreign: 'own', refused: 'viewer' },
  'ownReviews.get': {
    input: () => ({ reviewId: owned.review }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'ownReviews.claim': {
    input: () => ({ reviewId: owned.review }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'ownReviews.decide': {
    input: () => ({ reviewId: owned.review, decision: 'accept' }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'ownReviews.agreement': { foreign: 'own', refused: 'viewer' },
  'ownReviews.scope': { foreign: 'own' },
  'ownReviews.setScope': {
    input: () => ({ publicPool: true }),
    foreign: 'own',
    refused: 'developer',
  },
  'rules.test': {
    input: () => ({ type: 'tenancy', rules: [{ id: 'r', require: true, message: 'No.' }] }),
    foreign: 'own',
  },
  'tasks.create': { input: createBody, foreign: 'own', refused: 'viewer' },
  'quotes.create': { input: createBody, foreign: 'own', refused: 'viewer' },
  'tasks.request': { input: task, foreign: 'NOT_FOUND' },
  'tasks.origin': { input: task, foreign: 'NOT_FOUND' },
  'receipts.get': { input: task, foreign: 'NOT_FOUND' },
  'votes.ofTask': { input: () => ({ taskId: owned.task }), foreign: 'NOT_FOUND' },
  'backTest.run': { input: () => ({ type: 'tenancy' }), foreign: 'own' },
  'insight.activity': { input: () => ({}), foreign: 'own' },
  'insight.agreement': { input: () => ({}), foreign: 'own' },
  'insight.calibration': { input: () => ({}), foreign: 'own' },
  'insight.confidence': { input: () => ({}), foreign: 'own' },
  'insight.models': { input: () => ({ type: 'coins' }), foreign: 'own' },
  'tasks.checkSchema': { input: () => ({ schema: { type: 'object' } }), foreign: 'own' },
  'tasks.typeFigures': { foreign: 'own' },
  'tasks.list': { input: () => ({}), foreign: 'own' },
  'tasks.find': { input: () => ({ filter: { search: owned.task } }), foreign: 'nothing' },
  'tasks.rows': { input: () => ({ ids: [owned.task] }), foreign: 'NOT_FOUND' },
  'tasks.types': { foreign: 'own' },
  'tasks.export': { input: () => ({ filter: { search: 'tenancy' } }), foreign: 'nothing' },
  'tasks.cancelMany': {
    // Each id comes back with its own "not found", which its own test shows.
    input: () => ({ ids: [newId()] }),
    foreign: 'own',
    refused: 'viewer',
  },
  'tasks.counts': { foreign: 'own' },
  'tasks.get': { input: task, foreign: 'NOT_FOUND' },
  'tasks.events': { input: task, foreign: 'NOT_FOUND' },
  'tasks.cancel': { input: task, foreign: 'NOT_FOUND', refused: 'viewer' },
  'taskTypes.list': { input: () => ({}), foreign: 'own' },
  'taskTypes.get': { input: taskType, foreign: 'NOT_FOUND' },
  'taskTypes.shipped': { input: () => ({ type: 'content_review' }), foreign: 'own' },
  'taskTypes.skills': { foreign: 'own' },
  'taskTypes.save': {
    input: () => ({ type: 'other_type', payout_sats: 7 }),
    foreign: 'own',
    refused: 'viewer',
  },
  'taskTypes.remove': { input: taskType, foreign: 'NOT_FOUND', refused: 'viewer' },
  'taskTypes.versions': { input: taskType, foreign: 'NOT_FOUND' },
  'taskTypes.version': {
    input: () => ({ type: owned.taskType, version: 1 }),
    foreign: 'NOT_FOUND',
  },
  'taskTypes.restore': {
    input: () => ({ type: owned.taskType, version: 1 }),
    foreign: 'NOT_FOUND',
    refused: 'viewer',
  },
  'team.list': { foreign: 'own' },
  'team.changeRole': {
    input: () => ({ userId: owned.member, role: 'viewer' }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'team.remove': {
    input: () => ({ userId: owned.member }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'team.invitations': { foreign: 'own', refused: 'developer' },
  'team.invite': { input: () => ({ role: 'viewer' }), foreign: 'own', refused: 'developer' },
  'team.resendInvitation': {
    input: () => ({ id: owned.invitation }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'team.revokeInvitation': {
    input: () => ({ id: owned.invitation }),
    foreign: 'NOT_FOUND',
    bothModes: true,
    refused: 'developer',
  },
  'usage.spend': { input: () => ({}), foreign: 'own' },
  'webhooks.list': { input: () => ({}), foreign: 'own' },
  'webhooks.get': { input: endpoint, foreign: 'NOT_FOUND' },
  'webhooks.create': {
    input: () => ({ url: 'https://example.com/other' }),
    foreign: 'own',
    refused: 'viewer',
  },
  'webhooks.update': { input: endpoint, foreign: 'NOT_FOUND', refused: 'viewer' },
  'webhooks.remove': { input: endpoint, foreign: 'NOT_FOUND', refused: 'viewer' },
  'webhooks.rotate': { input: endpoint, foreign: 'NOT_FOUND', refused: 'viewer' },
  'webhooks.test': { input: endpoint, foreign: 'NOT_FOUND', refused: 'viewer' },
};

import { newId } from '@/server/platform/ids';
import { type Case, owned } from './procedure-case';

const addFunds = () => ({ key: newId(), amountSats: 1 });

/** Procedures about balances and deposits. */
export const MONEY_CASES: Record<string, Case> = {
  'deposits.offered': { foreign: 'own' },
  'deposits.create': { input: addFunds, foreign: 'own', refused: 'viewer' },
  'deposits.get': { input: () => ({ id: owned.deposit }), foreign: 'NOT_FOUND' },
  'deposits.list': { input: () => ({}), foreign: 'own' },
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
};

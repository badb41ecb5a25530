export { authenticateKey } from './authenticate-key';
export { createApiKey, insertKey } from './create-api-key';
export { type ApiKeySummary, type ListedApiKey, listApiKeys, summaryOf } from './queries';
export { revokeApiKey, revokeKeyByOperator } from './revoke-api-key';
export { forgetKeys, revokeEveryKey } from './revoke-every-key';
export { rollApiKey } from './roll-api-key';

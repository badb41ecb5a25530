export { assertCode, sendCode, takeCode } from './codes';
export { configuredServices } from './configured-services';
export { WrongPassword } from './errors';
export { connectIdentity, type Foreigner, signInByIdentity } from './identities';
export { closeSession, findSession, openSession, SESSION_SECONDS } from './sessions';
export { listOperators, setOperator } from './set-operator';
export { signInByLink } from './sign-in-by-link';

export { connectIdentity, type Foreigner, signInByIdentity } from './identities';
export { closeSession, findSession, openSession, SESSION_SECONDS } from './sessions';
export { signInByLink } from './sign-in-by-link';

import { type Env, readEnv } from './read-env';

/** The environment, read once. Nothing else in the product reads `process.env`. */
export const env: Env = readEnv(process.env);

// next-auth only knows its own address from this variable.
process.env.NEXTAUTH_URL ??= env.PUBLIC_URL;

interface HostVariables {
  PUBLIC_URL?: string | undefined;
  ALLOWED_HOSTS?: string | undefined;
  HOSTS?: string | undefined;
}

export function readServedHosts(env: HostVariables): Set<string>;
export function isServed(host: string | undefined, served: Set<string>): boolean;
export function isLoopbackName(name: string): boolean;

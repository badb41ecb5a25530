import { beginRegistration, endRegistration } from '@/server/platform/engine-link';
import { processWide } from '@/server/platform/process-wide';
import type { Keeper } from './keep-registered';

const registered = () =>
  processWide('engine-keeper', (): { keeper: Keeper | null } => ({ keeper: null }));

/** Sets or clears the process's keeper. */
export function setKeeper(keeper: Keeper | null): void {
  registered().keeper = keeper;
}

/** Records that the engine called a job of this process. */
export function noteJobCall(): void {
  registered().keeper?.noteCall();
}

/**
 * Carries out a registration. Until the engine has responded, its calls do not prove that it knew
 * the jobs when it accepted earlier events.
 */
export async function recordRegistration(register: () => Promise<Response>): Promise<Response> {
  await beginRegistration();
  let response: Response | undefined;
  try {
    response = await register();
    return response;
  } finally {
    await endRegistration(response?.ok === true);
  }
}

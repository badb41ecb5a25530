import { beginRegistration, endRegistration } from '@/server/platform/engine-link';
import { processWide } from '@/server/platform/process-wide';
import type { Keeper } from './keep-registered';

const registered = () =>
  processWide('engine-keeper', (): { keeper: Keeper | null } => ({ keeper: null }));

/** Registers the process's keeper, or none. */
export function setKeeper(keeper: Keeper | null): void {
  registered().keeper = keeper;
}

/** The engine called a job of this process. */
export function noteJobCall(): void {
  registered().keeper?.noteCall();
}

/**
 * Carries out a registration, whoever asked for it. Until the engine has answered, its calls say
 * nothing of what it knew when it took events.
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

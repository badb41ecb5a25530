'use client';

import { useState } from 'react';
import { goToService } from '@/components/auth/session-calls';
import { useHydrated } from '@/components/ui/use-hydrated';
import { PROVIDER_NAMES } from '@/server/features/accounts/policy';
import type { Provider } from '@/server/features/accounts/schema';
import classes from './plain.module.css';
import { PlainButton } from './plain-parts';

/** Ways in by an account elsewhere; nothing where none is set up. */
export function ServiceButtons({ services, next }: { services: Provider[]; next: string }) {
  const [going, setGoing] = useState<Provider | null>(null);
  const hydrated = useHydrated();
  if (services.length === 0) return null;
  return (
    <div className={classes.stack}>
      {services.map((service) => (
        <PlainButton
          key={service}
          busy={going === service}
          disabled={!hydrated || going !== null}
          onClick={() => {
            setGoing(service);
            void goToService(service, next).catch(() => setGoing(null));
          }}
        >
          <ServiceMark service={service} />
          Continue with {PROVIDER_NAMES[service]}
        </PlainButton>
      ))}
      <p className={classes.or}>or</p>
    </div>
  );
}

function ServiceMark({ service }: { service: Provider }) {
  if (service === 'github') {
    return (
      <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
        <path d="M8 .2a8 8 0 0 0-2.5 15.6c.4 0 .5-.2.5-.4v-1.5c-2.2.5-2.7-1-2.7-1-.4-.9-.9-1.2-.9-1.2-.7-.5.1-.5.1-.5.8.1 1.2.8 1.2.8.7 1.3 1.9.9 2.3.7.1-.5.3-.9.5-1.1-1.8-.2-3.6-.9-3.6-4 0-.9.3-1.6.8-2.1-.1-.2-.4-1 .1-2.2 0 0 .7-.2 2.2.8a7.5 7.5 0 0 1 4 0c1.5-1 2.2-.8 2.2-.8.4 1.1.2 2 .1 2.2.5.5.8 1.2.8 2.1 0 3.1-1.9 3.7-3.6 3.9.3.3.5.8.5 1.5v2.3c0 .2.1.5.5.4A8 8 0 0 0 8 .2Z" />
      </svg>
    );
  }
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path
        d="M14.3 8.2H8.2M13 4.4A6 6 0 1 0 14 8.2"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}

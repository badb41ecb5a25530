import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icons';

/** Why a form was refused, where the reason belongs to no field. */
export function FormFault({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <Alert color="red" role="alert" icon={<Icon name="warning" />}>
      {children}
    </Alert>
  );
}

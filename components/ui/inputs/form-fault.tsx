import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { Icon } from '@/components/ui/icons';

interface FormFaultProps {
  /** The reason in words, or the error of the request that failed; nothing is shown without either. */
  children?: ReactNode;
  error?: unknown;
  /** A line of text beside the fields, instead of a block. */
  inline?: boolean;
  mt?: string | number;
  mb?: string;
}

/** Why a form was refused, where the reason belongs to no field. */
export function FormFault({ children, error, inline, ...place }: FormFaultProps) {
  const reason = children ?? (error ? failureOf(error).message : null);
  if (!reason) return null;
  return inline ? (
    <Text size="sm" role="alert" c="var(--urgent-text)" {...place}>
      {reason}
    </Text>
  ) : (
    <Alert color="red" role="alert" icon={<Icon name="warning" />} {...place}>
      {reason}
    </Alert>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { DeliveryRow } from '@/components/dashboard/webhooks/delivery-log';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card, CardNote } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';

interface TaskDeliveriesProps {
  taskId: string;
  refetchInterval: false | number;
  mayReplay: boolean;
}

/** A delivery that is not through yet is tried without an event to be heard. */
const PENDING_MS = 5_000;

/** Which webhook deliveries its events led to, what became of them, and sending them again. */
export function TaskDeliveries({ taskId, refetchInterval, mayReplay }: TaskDeliveriesProps) {
  const trpc = useTRPC();
  const deliveries = useQuery(
    trpc.deliveries.ofTask.queryOptions(
      { taskId },
      {
        refetchInterval: ({ state }) =>
          state.data?.data.some(({ status }) => status === 'pending')
            ? PENDING_MS
            : refetchInterval,
      },
    ),
  );
  const rows = deliveries.data?.data;
  return (
    <Card flush title="Deliveries">
      <QueryState query={deliveries} height={14} m={20} width="70%" label="Loading" />
      {rows?.length === 0 ? (
        <CardNote>No webhook endpoint or callback was told about this task.</CardNote>
      ) : null}
      {rows?.map((delivery) => (
        <DeliveryRow key={delivery.id} delivery={delivery} mayReplay={mayReplay} showUrl />
      ))}
    </Card>
  );
}

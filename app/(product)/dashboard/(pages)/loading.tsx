import { PageSkeleton } from '@/components/ui/frame/page-skeleton';

export default function Loading() {
  return <PageSkeleton />;
}

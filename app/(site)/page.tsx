import { Landing } from '@/components/site/landing';

export default function SitePage() {
  return <Landing />;
}

import type { IconName } from '@/components/ui/icons';

/** An entry of an area's navigation. */
export interface NavigationItem {
  href: string;
  label: string;
  icon: IconName;
  /** Only the address itself counts as there, not what lies below it. */
  exact?: boolean;
  /** The keys that lead there, such as `g t`. */
  keys?: string;
}

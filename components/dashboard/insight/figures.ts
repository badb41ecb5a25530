import { duration } from '@/components/ui/values/humanise';

const SATS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const DAY = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const HOUR = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

export const whole = (value: number) => SATS.format(value);
export const percent = (share: number | null, digits = 1) =>
  share === null ? '–' : `${(share * 100).toFixed(digits)} %`;
export const time = (seconds: number | null) =>
  seconds === null ? '–' : duration(seconds).replace(/(?<= (?:min|h)) 0 (?:s|min)$/, '');
export const bucketName = (at: Date, unit: 'hour' | 'day') =>
  (unit === 'day' ? DAY : HOUR).format(at);

'use client';

import dynamic from 'next/dynamic';
import { Loading } from '@/components/ui/loading';

const loading = () => <Loading height={240} label="Loading the chart" />;

/** The charts, fetched when the page that shows them is there. */
export const VolumeChart = dynamic(() => import('./charts').then((module) => module.VolumeChart), {
  ssr: false,
  loading,
});
export const RateChart = dynamic(() => import('./charts').then((module) => module.RateChart), {
  ssr: false,
  loading,
});
export const LatencyChart = dynamic(
  () => import('./charts').then((module) => module.LatencyChart),
  { ssr: false, loading },
);
export const SpendChart = dynamic(() => import('./charts').then((module) => module.SpendChart), {
  ssr: false,
  loading,
});
export const ReliabilityChart = dynamic(
  () => import('./charts').then((module) => module.ReliabilityChart),
  { ssr: false, loading },
);
export const SavingChart = dynamic(() => import('./charts').then((module) => module.SavingChart), {
  ssr: false,
  loading,
});

/** Signals that two votes on one task came from the same person. */
import { SILENT, type Signal } from './signal';

export const sameDevice: Signal = {
  id: 'same_device',
  family: 'device',
  nullHypothesis: 'Different workers on one task use different devices.',
  falsePositiveTarget: 0.001,
  message: 'Another answer to this task came from the same device.',
  read(ctx) {
    const { deviceHash, workerId } = ctx.answer;
    if (deviceHash === null) return SILENT;
    const twins = ctx.peers.filter(
      (peer) => peer.deviceHash === deviceHash && peer.workerId !== workerId,
    ).length;
    return { level: twins > 0 ? 'strong' : 'none', statistic: twins };
  },
};

/** Never strong: households, cafés and mobile carriers share addresses. */
export const sameNetwork: Signal = {
  id: 'same_network',
  family: 'device',
  nullHypothesis:
    'Two of a public pool seldom share a network by chance; colleagues always do, so their pools are exempt.',
  falsePositiveTarget: 0.02,
  message: 'Another answer to this task came from the same network.',
  read(ctx) {
    const { networkHash, workerId } = ctx.answer;
    if (networkHash === null || ctx.task.pool === 'organization') return SILENT;
    const twins = ctx.peers.filter(
      (peer) => peer.networkHash === networkHash && peer.workerId !== workerId,
    ).length;
    return { level: twins > 0 ? 'weak' : 'none', statistic: twins };
  },
};

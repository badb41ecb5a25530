import { join } from 'node:path';
import { root } from '../launcher/settings';
import { startTemporaryInstance, type TemporaryInstance } from '../launcher/temporary-instance';
import { runQuietly } from './outcome';

/** How suites get at the instance that they share. */
export interface InstanceAccess {
  /** The production build is there; the same errors as below. */
  built(): Promise<void>;
  /**
   * The product on its production build, started when the first suite asks for it.
   * @throws Error with the last words of the build or the launcher where it does not come up.
   */
  instance(): Promise<TemporaryInstance>;
}

/** One instance for all suites of a run that need the whole product. */
export class SharedInstance implements InstanceAccess {
  private building: Promise<void> | undefined;
  private starting: Promise<TemporaryInstance> | undefined;

  /** Begins the build, so that it runs beside the suites that do not need it. */
  build(): void {
    this.building = runQuietly(process.execPath, ['scripts/start.mjs', '--build'], {
      DATA_DIR: join(root, 'test-results/build'),
    });
    this.building.catch(() => undefined);
  }

  async built(): Promise<void> {
    await this.building;
  }

  instance(): Promise<TemporaryInstance> {
    this.starting ??= this.start();
    return this.starting;
  }

  private async start(): Promise<TemporaryInstance> {
    await this.building;
    return startTemporaryInstance({
      WEB_PROCESSES: '1',
      // Files of payloads come from a host of the specs' own.
      MEDIA_ALLOW_PRIVATE: '1',
    });
  }

  /** Stops the instance, if one was started. */
  async stop(): Promise<void> {
    await this.building?.catch(() => undefined);
    const instance = await this.starting?.catch(() => undefined);
    await instance?.stop();
  }
}

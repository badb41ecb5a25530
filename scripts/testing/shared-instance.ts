import { join } from 'node:path';
import { root } from '../launcher/settings';
import { startTemporaryInstance, type TemporaryInstance } from '../launcher/temporary-instance';
import { runQuietly } from './outcome';

/** How suites access the shared instance. */
export interface InstanceAccess {
  /** Resolves once the production build exists; same errors as below. */
  built(): Promise<void>;
  /**
   * The product on its production build, started when the first suite requests it.
   * @throws Error with the end of the build's or the launcher's output if it does not start.
   */
  instance(): Promise<TemporaryInstance>;
}

/** One instance for all suites of a run that need the whole product. */
export class SharedInstance implements InstanceAccess {
  private building: Promise<void> | undefined;
  private starting: Promise<TemporaryInstance> | undefined;

  /** Starts the build, concurrently with the suites that do not need it. */
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
      // The specs serve payload files from a local host.
      MEDIA_ALLOW_PRIVATE: '1',
    });
  }

  /** Stops the instance, if it was started. */
  async stop(): Promise<void> {
    await this.building?.catch(() => undefined);
    const instance = await this.starting?.catch(() => undefined);
    await instance?.stop();
  }
}

import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { refreshKey } from './refreshKey';

const KEYS_AT_ONCE = 500;

/**
 * Emits no entities; it only holds the connection by which the catalog is asked to process some again.
 */
export class RefreshProvider implements EntityProvider {
  #connection?: EntityProviderConnection;

  getProviderName(): string {
    return 'PipelinePostureRefreshProvider';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** @throws Error while the catalog has not connected yet */
  async refresh(entityRefs: readonly string[]): Promise<void> {
    const connection = this.#connection;
    if (!connection) throw new Error('The catalog is not connected yet');
    for (let i = 0; i < entityRefs.length; i += KEYS_AT_ONCE) {
      const keys = entityRefs.slice(i, i + KEYS_AT_ONCE).map(refreshKey);
      await connection.refresh({ keys });
    }
  }
}

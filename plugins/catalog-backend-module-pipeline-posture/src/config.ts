import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How labels reach the catalog. */
export interface LabelConfig {
  enabled: boolean;
  /** Milliseconds between two looks for changes. */
  refreshEveryMs: number;
}

/**
 * Reads `pipelinePosture.catalogLabels`.
 *
 * @throws InputError that names the key
 */
export function readLabelConfig(config: Config): LabelConfig {
  const key = 'pipelinePosture.catalogLabels';
  const labels = config.getOptionalConfig(key);
  const seconds = labels?.getOptionalNumber('refreshEverySeconds') ?? 15;
  if (!Number.isFinite(seconds) || seconds < 1) {
    throw new InputError(
      `${key}.refreshEverySeconds: must be a number of at least 1`,
    );
  }
  return {
    enabled: labels?.getOptionalBoolean('enabled') ?? true,
    refreshEveryMs: seconds * 1000,
  };
}

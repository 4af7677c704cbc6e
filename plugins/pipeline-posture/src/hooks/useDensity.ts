import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** How much room a row of a table takes. */
export type Density = 'compact' | 'comfortable';

/** All densities, and how high a row is in each. */
export const ROW_PX: Record<Density, number> = { compact: 40, comfortable: 48 };

const BUCKET = 'pipeline-posture';
const KEY = 'density';

/** The density that the viewer has chosen for tables. Backstage keeps it for each user. */
export function useDensity(): [Density, (density: Density) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket(BUCKET), [storage]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = bucket.observe$(KEY).subscribe(listener);
      return () => subscription.unsubscribe();
    },
    [bucket],
  );
  const kept = useSyncExternalStore(
    subscribe,
    () => bucket.snapshot<string>(KEY).value,
  );
  const choose = useCallback(
    (density: Density) => {
      bucket.set(KEY, density);
    },
    [bucket],
  );
  return [kept === 'comfortable' ? 'comfortable' : 'compact', choose];
}

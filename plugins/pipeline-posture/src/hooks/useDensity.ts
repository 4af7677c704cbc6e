import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';

/** How much room a row of a table takes. */
export type Density = 'compact' | 'comfortable';

/** All densities, and how high a row is in each. */
export const ROW_PX: Record<Density, number> = { compact: 40, comfortable: 48 };

const BUCKET = 'pipeline-posture';
const KEY = 'density';

const isDensity = (value: unknown): value is Density =>
  value === 'compact' || value === 'comfortable';

/** The density that the viewer has chosen for tables. Backstage keeps it for each user, here or on its server. */
export function useDensity(): [Density, (density: Density) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket(BUCKET), [storage]);
  const [density, setDensity] = useState<Density>(() => {
    const { value } = bucket.snapshot<string>(KEY);
    return isDensity(value) ? value : 'compact';
  });
  // What is kept on a server is in no snapshot; it is only told.
  useEffect(() => {
    const subscription = bucket
      .observe$<string>(KEY)
      .subscribe(({ value }) => isDensity(value) && setDensity(value));
    return () => subscription.unsubscribe();
  }, [bucket]);
  const choose = useCallback(
    (chosen: Density) => {
      setDensity(chosen);
      bucket.set(KEY, chosen);
    },
    [bucket],
  );
  return [density, choose];
}

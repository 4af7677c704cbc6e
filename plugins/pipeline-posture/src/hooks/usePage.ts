import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';

/** Address of the page with all pipelines; undefined in an app that has the tab or a widget without the page. */
export function usePage(): string | undefined {
  let address: (() => string) | undefined;
  try {
    address = useRouteRef(rootRouteRef);
  } catch {
    // Where a route is not mounted, the router says so by an error.
  }
  return address?.();
}

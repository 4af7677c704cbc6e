// By another name, because its error is caught: an app mounts the page or does not, so it throws at every rendering or at none.
import { useRouteRef as routeOf } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';

/** Address of the page with all pipelines; undefined in an app that has the tab or a widget without the page. */
export function usePage(): string | undefined {
  try {
    return routeOf(rootRouteRef)();
  } catch {
    return undefined;
  }
}

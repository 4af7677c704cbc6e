import { listOf } from '../server/answers';
import { locationsOf, RESOURCE_AREAS } from '../server/locations';
import { AzureHost } from '../server/locations';
import { RouteRequest, Route } from '../server/request';

export const discoveryRoutes: Route[] = (
  ['core', 'release', 'graph', 'audit', 'advancedSecurity'] as AzureHost[]
).map(host => ({
  host,
  operation: 'location.resourceareas.list',
  method: 'GET',
  path: '_apis/resourceareas',
  preview: true,
  handle: ({ urls }: RouteRequest) =>
    listOf(
      RESOURCE_AREAS.map(({ id, name, host: home }) => ({
        id,
        name,
        locationUrl: `${urls[home]}/`,
      })),
    ),
}));

/** What `OPTIONS _apis` and `OPTIONS _apis/{area}` answer. */
export function discover(host: AzureHost, path: string): object | undefined {
  const match = /^_apis(?:\/([^/]+))?\/?$/i.exec(path);
  if (!match) return undefined;
  const area = match[1]?.toLowerCase();
  const value = locationsOf(host).filter(
    each => !area || each.area.toLowerCase() === area,
  );
  return { count: value.length, value };
}

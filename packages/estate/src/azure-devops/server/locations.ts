import { LOCATION_ROWS } from './locationRows';

/** One row of what `OPTIONS _apis` answers: where a resource lives and in which versions. */
export interface ResourceLocation {
  id: string;
  area: string;
  resourceName: string;
  routeTemplate: string;
  resourceVersion: number;
  minVersion: string;
  maxVersion: string;
  /** `0.0`: never released, so a client must ask for a preview. */
  releasedVersion: string;
}

/** The hosts that an organisation is spread over. */
export type AzureHost =
  | 'core'
  | 'release'
  | 'graph'
  | 'audit'
  | 'advancedSecurity';

const MAX_VERSION = '7.2';

/** Every resource that a host offers. */
export function locationsOf(host: AzureHost): ResourceLocation[] {
  return LOCATION_ROWS[host]
    .trim()
    .split('\n')
    .map(row => {
      const [
        id,
        area,
        resourceName,
        routeTemplate,
        resourceVersion,
        minVersion,
        releasedVersion,
      ] = row.trim().split(' ');
      return {
        id,
        area,
        resourceName,
        routeTemplate,
        resourceVersion: Number(resourceVersion),
        minVersion,
        maxVersion: MAX_VERSION,
        releasedVersion,
      };
    });
}

/** Area id and name by host, as `ResourceAreas` of the real service lists them. */
export const RESOURCE_AREAS: Array<{
  id: string;
  name: string;
  host: AzureHost;
}> = [
  { id: 'fb13a388-40dd-4a04-b530-013a739c72ef', name: 'policy', host: 'core' },
  { id: '79134c72-4a58-4b42-976c-04e7115f32bf', name: 'core', host: 'core' },
  {
    id: 'efc2f575-36ef-48e9-b672-0c6fb4a48ac5',
    name: 'Release',
    host: 'release',
  },
  {
    id: 'a85b8835-c1a1-4aac-ae97-1c3d0ba72dbd',
    name: 'distributedtask',
    host: 'core',
  },
  { id: '4e080c62-fa21-4fbc-8fef-2a10a2b38049', name: 'git', host: 'core' },
  { id: '94ff054d-5ee1-413d-9341-3f4a7827de2e', name: 'audit', host: 'audit' },
  { id: '5d6898bb-45ec-463f-95f9-54d49c71752e', name: 'build', host: 'core' },
  { id: '965220d5-5bb9-42cf-8d67-9b146df2a5a4', name: 'Build', host: 'core' },
  {
    id: '4a933897-0488-45af-bd82-6fd3ad33f46a',
    name: 'PipelinesChecks',
    host: 'core',
  },
  {
    id: '2e0bf237-8973-4ec9-a581-9c3d679d1776',
    name: 'pipelines',
    host: 'core',
  },
  { id: '5264459e-e5e0-4bd8-b118-0985e68a4ec5', name: 'wit', host: 'core' },
  { id: '8a3d49b8-91f0-46ef-b33d-dda338c25db3', name: 'IMS', host: 'graph' },
  { id: 'bb1e7ec9-e901-4b68-999a-de7012b920f8', name: 'Graph', host: 'graph' },
  {
    id: '1814ab31-2f4f-4a9f-8761-f4d77dc5a5d7',
    name: 'serviceendpoint',
    host: 'core',
  },
  {
    id: 'a81a0441-de52-4000-aa15-ff0e07bfbbaa',
    name: 'pipelinePermissions',
    host: 'core',
  },
];

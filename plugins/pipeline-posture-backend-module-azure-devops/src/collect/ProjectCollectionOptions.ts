import {
  CollectOptions,
  ProductionClassifier,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureTenantReader } from '../client/azure/AzureTenantReader';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { AzureDevOpsSourceConfig } from '../config/AzureDevOpsConfig';
import { GroupSources } from './administrationOfGroup';
import { Cadence } from './cadence';
import { Remembered } from './Remembered';

const HOUR_MS = 3_600_000;

/** What a run over one project is given. */
export interface ProjectCollectionOptions {
  source: Source;
  config: AzureDevOpsSourceConfig;
  remembered: Remembered;
  /** Set where Azure Resource Manager is connected. */
  azure?: AzureTenantReader;
  classifier: ProductionClassifier;
  broadGroups: ReadonlySet<string>;
  /** Who knows the rules of branches that are not in Azure Repos. */
  sourceHosts: SourceHosts;
  /** `contoso/Payments` */
  scope: string;
  project: wire.Project;
  onlyDefinition?: number;
  onlyRelease?: number;
  options: CollectOptions;
}

/** Permissions are read anew for a check of one pipeline, else as seldom as configured. */
export function cadenceOf(given: ProjectCollectionOptions): Cadence {
  return cadence(given, given.config.permissionsMaxAgeHours);
}

/** The same for access control lists, members of groups and uses of connections, which change more seldom still. */
export function accessCadenceOf(given: ProjectCollectionOptions): Cadence {
  return cadence(given, given.config.accessMaxAgeHours);
}

/** Who tells about the groups that administer pipelines: Microsoft Graph too, where it is connected. */
export function groupSourcesOf(given: ProjectCollectionOptions): GroupSources {
  const { source, remembered, azure, options } = given;
  const { signal, only } = options;
  return {
    source,
    remembered,
    cadence: accessCadenceOf(given),
    ...(azure && {
      entra: azure.groups({ signal, fresh: only !== undefined }),
    }),
  };
}

function cadence(
  { options: { checkpoints, now, only } }: ProjectCollectionOptions,
  hours: number,
): Cadence {
  return { checkpoints, now, maxAgeMs: only ? 0 : hours * HOUR_MS };
}

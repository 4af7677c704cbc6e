import {
  CodeLocation,
  Fact,
  Principal,
  ProviderFacts,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { GeneralSettings } from '../client/wire';
import { PipelineAccess } from '../collect/protectedResources';
import { RoleHolder } from '../collect/readRoles';

/** A resource that the pipeline uses and that others may be let use. */
export interface UsedResource {
  type:
    | 'service connection'
    | 'environment'
    | 'variable group'
    | 'secure file'
    | 'agent queue'
    | 'repository';
  name: string;
  /** Set for what cannot be misused any more. */
  disabled: boolean;
  /** Whether a secret or a credential is in it. */
  holdsSecrets: boolean;
  /** Whether a stage that deploys to production uses it. */
  tier: Fact<Tier>;
  access: Fact<PipelineAccess>;
  url?: string;
}

/** Who holds roles on a resource that production depends on. */
export interface ResourceRoles {
  type: 'service connection' | 'environment' | 'variable group';
  name: string;
  holders: Fact<RoleHolder[]>;
  url?: string;
}

/** How far the token reaches that every job gets. */
export interface JobToken {
  projectOnly: boolean;
  because: string;
}

/** A step that hands the job token to a script. */
export interface TokenExposure {
  where: string;
  how: string;
  location?: CodeLocation;
}

/** What the identity of builds may do to a repository. */
export interface BuildServiceRights {
  repository: string;
  holders: Fact<Array<{ principal: Principal; rights: string[] }>>;
}

/** A variable group with secrets. */
export interface SecretGroup {
  name: string;
  inKeyVault: boolean;
}

/** Variable groups that every stage of a pipeline gets. */
export interface GroupsForAll {
  /** How many stages the pipeline has. */
  stages: number;
  groups: Array<{ name: string; hasSecrets: Fact<boolean>; url?: string }>;
}

/** Whether a repository turns away pushes with credentials in them. */
export interface PushProtection {
  repository: string;
  blocked: Fact<boolean>;
  url?: string;
}

/** What Azure DevOps knows beyond the facts that every provider gives. Read by the controls of this module only. */
export interface AzureFacts extends ProviderFacts {
  /** Resources of the pipeline that have pipeline permissions. */
  resources: Fact<UsedResource[]>;
  roles: Fact<ResourceRoles[]>;
  settings: Fact<GeneralSettings>;
  jobToken: Fact<JobToken>;
  tokenExposures: Fact<TokenExposure[]>;
  buildServiceRights: Fact<BuildServiceRights[]>;
  secretGroups: Fact<SecretGroup[]>;
  groupsForAll: Fact<GroupsForAll>;
  pushProtection: Fact<PushProtection[]>;
}

import {
  EvidenceRef,
  Fact,
  PipelineKind,
  ProviderFacts,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineAccess } from '../collect/protectedResources';

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

/** What Azure DevOps knows beyond the facts that every provider gives. Read by the controls of this module only. */
export interface AzureFacts extends ProviderFacts {
  kind: Fact<PipelineKind>;
  /** Resources of the pipeline that have pipeline permissions. */
  resources: Fact<UsedResource[]>;
}

/** Evidence of a call, with a page where a person sees the same. */
export const seen = (
  source: string,
  field: string,
  observed: string,
  url?: string,
): EvidenceRef => ({
  source,
  field,
  observed,
  ...(url && { url }),
});

import { Fact } from './fact';
import { Identity } from './identity';
import {
  Alert,
  ArtifactStore,
  AuditTrail,
  Editor,
  Injection,
  Leak,
  PipelineInputs,
  Runner,
  SecurityTest,
  Trigger,
  UnsearchedPlace,
} from './observations';
import { PipelineRef } from './ref';
import { PipelineSource } from './source';
import { Stage } from './stage';

/**
 * What kind of pipeline it is.
 *
 * @public
 */
export type PipelineKind =
  | 'azure-yaml'
  | 'azure-classic-build'
  | 'azure-classic-release'
  | 'codepipeline-v1'
  | 'codepipeline-v2';

/**
 * How entities of the catalog point at this pipeline.
 *
 * @public
 */
export interface PipelineLocator {
  /** Annotation key that people use: `dev.azure.com/project-repo`. */
  annotation: string;
  /** The value that points here, compared without regard to case. */
  value: string;
  /** Value of the companion annotation `dev.azure.com/host-org`, lower case: `dev.azure.com/contoso`. An entity that has one must match it. */
  hostOrganisation?: string;
  /** Value of the companion annotation `dev.azure.com/build-definition`, where the locator needs both. */
  definition?: string;
}

/**
 * The facts that controls can ask for, by name.
 *
 * @public
 */
export interface PipelineFacts {
  sources: Fact<PipelineSource[]>;
  stages: Fact<Stage[]>;
  identities: Fact<Identity[]>;
  /** Where secrets stand readable, and where nobody could look. */
  leaks: Fact<Array<Leak | UnsearchedPlace>>;
  securityTests: Fact<SecurityTest[]>;
  triggers: Fact<Trigger[]>;
  inputs: Fact<PipelineInputs>;
  injections: Fact<Injection[]>;
  editors: Fact<Editor[]>;
  runners: Fact<Runner[]>;
  artifacts: Fact<ArtifactStore[]>;
  alerts: Fact<Alert[]>;
  audit: Fact<AuditTrail>;
}

/**
 * Facts of one provider only, by name. Only that provider's controls read them.
 *
 * @public
 */
export type ProviderFacts = { [name: string]: Fact<unknown> };

/**
 * Everything that is known about a pipeline at one time, in the same shape for every provider.
 *
 * @public
 */
export interface PipelineSnapshot extends PipelineFacts {
  ref: PipelineRef;
  name: string;
  /** A page of the source where a person sees the pipeline. */
  url: string;
  kind: PipelineKind;
  /** When it was read, ISO 8601. The only clock that controls have. */
  collectedAt: string;
  locators: PipelineLocator[];
  /** False for a pipeline that is switched off in its source. */
  enabled: boolean;
  provider: ProviderFacts;
}

/**
 * Name of a fact that every provider gives.
 *
 * @public
 */
export type FactName = keyof PipelineFacts;

/**
 * Whether a pipeline changes production.
 *
 * @public
 */
export type ReachesProduction = 'yes' | 'no' | 'unknown';

/**
 * Whether any stage deploys to production. A stage that cannot be read or classified makes it `unknown` unless another one decides.
 *
 * @public
 */
export function reachesProduction(
  snapshot: Pick<PipelineSnapshot, 'stages'>,
): ReachesProduction {
  if (!snapshot.stages.known) return 'unknown';
  const tiers = snapshot.stages.value
    .filter(stage => stage.deploys)
    .map(stage => stage.tier);
  if (tiers.some(tier => tier.known && tier.value === 'production'))
    return 'yes';
  return tiers.some(tier => !tier.known) ? 'unknown' : 'no';
}

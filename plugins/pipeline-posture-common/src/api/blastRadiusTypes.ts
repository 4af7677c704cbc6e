import { IdentityUse } from '../model';

/**
 * An identity by what it endangers. Only pipelines that the caller may see count.
 *
 * @public
 */
export interface IdentityRank {
  /** The same for every pipeline that acts as it. */
  id: string;
  name: string;
  /** `service connection`, `IAM role`. */
  type: string;
  /** Kind of credential, or `unknown`. */
  credential: string;
  /** True if somebody who copies the credential can use it elsewhere. */
  longLived?: boolean;
  /** When the credential was last changed, ISO 8601. */
  credentialChangedAt?: string;
  /** Pipelines that can act as it. */
  pipelines: number;
  /** Per cent of all pipelines that the caller may see, rounded down. */
  pipelineShare: number;
  entities: number;
  /** Owners of those entities, at most ten. */
  owners: string[];
  /** How many owners there are in all. */
  ownerCount: number;
  /** Pipelines that use it to deploy to production, or where that cannot be told. */
  productionPipelines: number;
  /** What it reaches in production: accounts, subscriptions, environments. */
  productionTargets: string[];
  /** The widest of its rights. `none`: known to be harmless. */
  breadth: 'administrator' | 'wide' | 'narrow' | 'none' | 'unknown';
  /** People and groups who can change a pipeline that acts as it. */
  changers: {
    /** Different ones that are known. */
    known: number;
    /** False if they could not be read for some of the pipelines: there may be more. */
    complete: boolean;
  };
}

/**
 * Something in the graph of an identity.
 *
 * @public
 */
export interface BlastRadiusNode {
  /** Unique in the graph. */
  id: string;
  kind: 'changer' | 'pipeline' | 'identity' | 'target';
  label: string;
  /** For pipelines: their id. For changers: what they are. For targets: the worst tier that a pipeline says. */
  pipelineId?: string;
  principal?: 'user' | 'group' | 'service' | 'unknown';
  /** True for a changer that practically everybody who builds is. */
  broad?: boolean;
  tier?: IdentityUse['tiers'][number];
}

/**
 * How one node leads to the next.
 *
 * @public
 */
export interface BlastRadiusEdge {
  from: string;
  to: string;
  /** `can-change`: changer to pipeline; `acts-as`: pipeline to identity; `reaches`: identity to target. */
  role: 'can-change' | 'acts-as' | 'reaches';
  /** The source's own words: rights, grants. */
  words: string[];
}

/**
 * One change that takes paths to production away.
 *
 * @public
 */
export interface BlastRadiusCut {
  /**
   * - `take-right`: a changer no longer may change these pipelines
   * - `stop-use`: a pipeline no longer may act as the identity
   * - `separate-target`: the identity no longer reaches a production target; that gets one of its own
   */
  change: 'take-right' | 'stop-use' | 'separate-target';
  /** The node that it is about. */
  nodeId: string;
  label: string;
  /** Paths to production that it removes. */
  removes: number;
  /** All paths to production. */
  of: number;
}

/**
 * Who can change what, to act as an identity, and what that reaches.
 *
 * @public
 */
export interface BlastRadius {
  identity: IdentityRank;
  nodes: BlastRadiusNode[];
  edges: BlastRadiusEdge[];
  /** Ways changer, pipeline, identity, production target. A pipeline whose changers are not known counts as one way. */
  productionPaths: number;
  /** The cheapest first: most paths removed by one change. At most ten. */
  cuts: BlastRadiusCut[];
  /** Pipelines that are in the graph; the others of `identity.pipelines` are on further pages. */
  shownPipelines: number;
  page: number;
  size: number;
}

/**
 * What can be asked of the list of identities.
 *
 * @public
 */
export interface IdentityQuery {
  /** Text in the name or id. */
  text?: string;
  provider?: string[];
  owner?: string[];
  page?: number;
  size?: number;
}

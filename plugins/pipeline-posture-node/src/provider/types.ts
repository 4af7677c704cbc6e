import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Fact,
  PipelineRef,
  PipelineSnapshot,
  UnknownReason,
  ValidatedPolicy,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * The unit of collection: one Azure DevOps project, one AWS account and region.
 *
 * @public
 */
export interface Scope {
  /** Provider id. */
  provider: string;
  /** Unique within the provider, and the `scope` of every `PipelineRef` in it: `contoso/Payments`. */
  id: string;
  /** Id of the configured source that it was found in; the limit of scopes at once counts per source. */
  sourceId: string;
  /** For people: `Azure DevOps contoso, project Payments`. */
  title: string;
}

/**
 * Something that could not be read, and what follows from it.
 *
 * @public
 */
export interface SourceProblem {
  reason: UnknownReason;
  /** What it was about: `project Logistics`, `pipeline orders-api`. */
  subject: string;
  /** What becomes unknown because of it, one sentence. */
  effect: string;
}

/**
 * What discovery yields: a scope, or a part of a source that could not be listed.
 *
 * @public
 */
export type DiscoveryEvent =
  | { type: 'scope'; scope: Scope }
  | { type: 'problem'; sourceId: string; problem: SourceProblem }
  /** The source could not be listed to its end: scopes that are not seen are kept. */
  | { type: 'incomplete'; sourceId: string };

/**
 * What collection yields, as it goes.
 *
 * @public
 */
export type CollectionEvent =
  | { type: 'snapshot'; snapshot: PipelineSnapshot }
  | { type: 'problem'; problem: SourceProblem }
  /** The list of pipelines could not be read to its end: pipelines that are not seen are kept, not marked gone. */
  | { type: 'incomplete' }
  /** How many pipelines the scope has, and how many are done. */
  | { type: 'progress'; done: number; total: number };

/**
 * What a provider remembers between runs so that what did not change costs no call.
 * Values are JSON; secrets must be removed before they are given here.
 *
 * @public
 */
export interface Checkpoints {
  /**
   * @param marker - what the source uses to say that something changed: a revision, an object id
   * @returns the remembered value, or undefined if there is none for this marker
   */
  get<T>(key: string, marker: string): Promise<T | undefined>;
  /** All remembered values whose key starts with a prefix, with their markers. */
  list<T>(prefix: string): Promise<Map<string, { marker: string; value: T }>>;
  set(key: string, marker: string, value: unknown): Promise<void>;
}

/**
 * What a run gives to a provider.
 *
 * @public
 */
export interface CollectOptions {
  checkpoints: Checkpoints;
  logger: LoggerService;
  /** Ends the run: passed on to every call. */
  signal: AbortSignal;
  /** The time of the run; the only clock that ends up in snapshots. */
  now: Date;
  /** Read this pipeline only, and read it anew whatever its checkpoints say. */
  only?: PipelineRef;
}

/**
 * How one call to a source ended: with an answer, refused for want of a right, put off because too much was
 * asked, or without a usable answer.
 *
 * @public
 */
export type CallOutcome = 'answered' | 'refused' | 'throttled' | 'failed';

/**
 * A permission that a provider uses, for the documentation and the health page.
 *
 * @public
 */
export interface RequiredPermission {
  /** By the source's name: `vso.build`, `iam:GetAccountAuthorizationDetails`. */
  permission: string;
  /** Calls that need it. */
  calls: string[];
  /** What becomes unknown without it. */
  without: string;
  /** Ids of the controls that cannot be decided without it. */
  controls: string[];
}

/**
 * What an event of a source is about.
 *
 * @public
 */
export interface EventConcern {
  /** The source's own id of the event, the same in every delivery of it. */
  eventId: string;
  /** Pipelines by their id, in one scope, or in every scope whose id starts with a text. */
  pipelines: Array<{ id: string; scope?: string; scopePrefix?: string }>;
  /** Repositories that were pushed to: every pipeline that takes code or templates from one is concerned. */
  repositories: Array<{ url?: string; host?: string; name?: string }>;
  /** Ids of identities whose rights, trust or credentials were changed. */
  identities: string[];
  /**
   * The same, where the event does not say the whole id: the one that is both parts together, and every one that begins
   * with the first part and ends with a `/` and the second.
   */
  identityPatterns?: Array<{ prefix: string; suffix: string }>;
}

/**
 * How a source tells of changes as they happen. Without it, or where no event arrives, the schedule serves.
 *
 * @public
 */
export interface ProviderEvents {
  /** Topic of Backstage's events that the source's deliveries are published under, their secret checked. */
  topic: string;
  /**
   * Reads one delivery. Pure: it calls nobody.
   *
   * @returns undefined for what is no event of the source, or concerns no pipeline
   */
  concernOf(payload: unknown): EventConcern | undefined;
}

/**
 * Reads pipelines from one kind of source. It only reads; it never writes to the source or to our database.
 *
 * @public
 */
export interface PipelineProvider {
  /** `azure-devops`, `aws-codepipeline`. */
  id: string;
  /** For people: `Azure DevOps`. */
  title: string;
  permissions: RequiredPermission[];
  /** Configured sources with the number of scopes that may be collected at once over all replicas. */
  sources: Array<{ id: string; title: string; maxScopesAtOnce: number }>;
  /** Lists the scopes of every configured source. Throws only if nothing at all can be said. */
  discover(options: {
    logger: LoggerService;
    signal: AbortSignal;
  }): AsyncIterable<DiscoveryEvent>;
  /**
   * Reads one scope. A refused call becomes unknown facts and a problem, not an error.
   *
   * @throws Error if the scope cannot be read at all; the last good results then stay
   */
  collect(
    scope: Scope,
    options: CollectOptions,
  ): AsyncIterable<CollectionEvent>;
  /** Tells how each call to a source ended, for those who count them. Given once, before anything is read. */
  observeCalls?(observer: (outcome: CallOutcome) => void): void;
  /**
   * Lets the source itself check the policies of one identity, when a person asks for it.
   * A provider whose source cannot do that leaves it out.
   *
   * @param identityId - an identity of a snapshot of the scope
   * @throws Error if the scope cannot be read at all
   */
  validateIdentity?(
    scope: Scope,
    identityId: string,
    options: { logger: LoggerService; signal: AbortSignal },
  ): Promise<Fact<ValidatedPolicy[]>>;
  /** How the source tells of changes, if it can. */
  events?: ProviderEvents;
}

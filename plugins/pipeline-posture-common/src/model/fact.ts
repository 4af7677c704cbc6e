/**
 * Who has to act so that something gets better.
 *
 * @public
 */
export type Actor =
  | 'service-owner'
  | 'platform-team'
  | 'security-team'
  | 'cloud-administrator';

/**
 * Why a fact could not be established.
 *
 * - `permission-missing`: the source refused the call; `permission` names what is missing
 * - `not-found`: the source says that the thing does not exist, or hides it
 * - `throttled`: the source asked us to slow down for longer than this run may wait
 * - `source-unreachable`: no usable answer (network, server error, a page that is no API answer)
 * - `not-connected`: an optional source that holds the fact is not configured
 * - `not-supported`: this product cannot read it for this kind of pipeline yet
 * - `unresolved`: it depends on something that is only decided at run time
 * - `malformed`: the source's content cannot be parsed
 * - `too-large`: the content is beyond the limits that keep the collector safe
 * - `not-classified`: nothing says whether a target is production
 * - `expired`: the last good result is older than results may become
 *
 * @public
 */
export type UnknownCode =
  | 'permission-missing'
  | 'not-found'
  | 'throttled'
  | 'source-unreachable'
  | 'not-connected'
  | 'not-supported'
  | 'unresolved'
  | 'malformed'
  | 'too-large'
  | 'not-classified'
  | 'expired';

/**
 * Why something is not known, what was tried, and who can change that.
 *
 * @public
 */
export interface UnknownReason {
  code: UnknownCode;
  /** One sentence that a service owner understands. Never holds a secret. */
  message: string;
  /** The call that gave no answer, without host and credentials: `GET _apis/policy/configurations`. */
  call?: string;
  /** The missing permission, by the name that the source uses for it. */
  permission?: string;
  /** Who must act. */
  actor: Actor;
  /** What that person does, in one sentence. */
  action: string;
}

/**
 * A line in a file of a repository.
 *
 * @public
 */
export interface CodeLocation {
  repository: string;
  file: string;
  /** 1-based. */
  line?: number;
  /** `builders`: the people who use the pipeline can change it; `template`: it stands in a file that they cannot change. */
  origin?: 'builders' | 'template' | 'unknown';
}

/**
 * Where an observation comes from, so that an auditor can repeat it.
 *
 * @public
 */
export interface EvidenceRef {
  /** The request or document that was read, without host and credentials: `GET _apis/pipelines/pipelinepermissions/endpoint/{id}`. */
  source: string;
  /** Path of the field that decides: `allPipelines.authorized`. */
  field?: string;
  /** What that field held, shortened and redacted. */
  observed?: string;
  /** A page of the source where a person sees the same. */
  url?: string;
  location?: CodeLocation;
}

/**
 * Something that was established, with its evidence, or the reason why it was not.
 *
 * *Absent* is a known empty value; *not read* is unknown. No code turns one into the other.
 *
 * @public
 */
export type Fact<T> =
  | { known: true; value: T; evidence: EvidenceRef[] }
  | { known: false; reason: UnknownReason };

/**
 * A fact that was established.
 *
 * @public
 */
export function known<T>(
  value: T,
  evidence: EvidenceRef | EvidenceRef[] = [],
): Fact<T> {
  return {
    known: true,
    value,
    evidence: Array.isArray(evidence) ? evidence : [evidence],
  };
}

/**
 * A fact that could not be established.
 *
 * @public
 */
export function unknown<T = never>(reason: UnknownReason): Fact<T> {
  return { known: false, reason };
}

/**
 * Derives a fact from another one; what is unknown stays unknown for the same reason.
 *
 * @public
 */
export function mapFact<T, U>(fact: Fact<T>, derive: (value: T) => U): Fact<U> {
  return fact.known ? known(derive(fact.value), fact.evidence) : fact;
}

/**
 * Derives a fact from another one by a step that may itself not know.
 *
 * @public
 */
export function chainFact<T, U>(
  fact: Fact<T>,
  derive: (value: T) => Fact<U>,
): Fact<U> {
  if (!fact.known) return fact;
  const next = derive(fact.value);
  return next.known
    ? known(next.value, [...fact.evidence, ...next.evidence])
    : next;
}

/**
 * One fact of many: known only if each of them is. The first unknown gives the reason.
 *
 * @public
 */
export function allFacts<T>(facts: readonly Fact<T>[]): Fact<T[]> {
  const values: T[] = [];
  const evidence: EvidenceRef[] = [];
  for (const fact of facts) {
    if (!fact.known) return fact;
    values.push(fact.value);
    evidence.push(...fact.evidence);
  }
  return known(values, evidence);
}

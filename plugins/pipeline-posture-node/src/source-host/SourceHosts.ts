import {
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { BranchAddress, BranchRules, SourceHost } from './types';

/** Branch rules hardly ever change; a branch that many pipelines use is read once in this time. */
const KEPT_FOR_MS = 10 * 60_000;

/**
 * The same reason for everything that could be asked of a branch.
 *
 * @public
 */
export function unreadBranch(reason: UnknownReason): BranchRules {
  return {
    protection: unknown(reason),
    bypassers: unknown(reason),
    isPublic: unknown(reason),
  };
}

/**
 * All connected source hosts behind one question. Each branch is read once and kept for a while.
 *
 * @public
 */
export class SourceHosts {
  static create(options: {
    /** May grow after this call: it is looked at for each question. The first that knows an address answers. */
    hosts: readonly SourceHost[];
    /** Milliseconds since the epoch; the wall clock by default. */
    now?: () => number;
  }): SourceHosts {
    return new SourceHosts(options.hosts, options.now ?? Date.now);
  }

  readonly #hosts: readonly SourceHost[];
  readonly #now: () => number;
  readonly #kept = new Map<
    string,
    { at: number; rules: Promise<BranchRules> }
  >();

  private constructor(hosts: readonly SourceHost[], now: () => number) {
    this.#hosts = hosts;
    this.#now = now;
  }

  async read(
    address: BranchAddress,
    options: { signal: AbortSignal },
  ): Promise<BranchRules> {
    const host = this.#hosts.find(one => one.handles(address.url));
    if (!host) return unreadBranch(notConnected(address.url));
    const key = JSON.stringify([
      address.url,
      address.branch,
      address.pipelineFile,
    ]);
    const before = this.#kept.get(key);
    if (before && this.#now() - before.at < KEPT_FOR_MS) return before.rules;
    const rules = host.read(address, options);
    this.#kept.set(key, { at: this.#now(), rules });
    try {
      const read = await rules;
      // What was refused is asked again next time.
      if (!read.protection.known) this.#kept.delete(key);
      return read;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}

function notConnected(url: string): UnknownReason {
  return {
    code: 'not-connected',
    message: `The rules of ${url} cannot be read: no source host that is connected knows it.`,
    actor: 'platform-team',
    action:
      'Add the host to the integrations section of the configuration, with an app or token that may read repository rules. Hosts other than GitHub, CodeCommit and Azure Repos cannot be read yet.',
  };
}

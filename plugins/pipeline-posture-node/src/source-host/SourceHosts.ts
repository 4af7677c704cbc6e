import {
  Fact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { BranchAddress, BranchRules, FileAddress, SourceHost } from './types';

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
    forkable: unknown(reason),
  };
}

/** Answers that are kept for a while, if they are worth it. */
class Kept<T> {
  readonly #entries = new Map<string, { at: number; value: Promise<T> }>();

  constructor(
    private readonly now: () => number,
    private readonly worthKeeping: (value: T) => boolean,
  ) {}

  async get(key: string, read: () => Promise<T>): Promise<T> {
    const before = this.#entries.get(key);
    if (before && this.now() - before.at < KEPT_FOR_MS) return before.value;
    const value = read();
    this.#entries.set(key, { at: this.now(), value });
    try {
      const settled = await value;
      // What was refused is asked again next time.
      if (!this.worthKeeping(settled)) this.#entries.delete(key);
      return settled;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }
}

/**
 * All connected source hosts behind one question. Each branch and each file is read once and kept for a while.
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
  readonly #rules: Kept<BranchRules>;
  readonly #files: Kept<Fact<string | null>>;

  private constructor(hosts: readonly SourceHost[], now: () => number) {
    this.#hosts = hosts;
    this.#rules = new Kept(now, ({ protection }) => protection.known);
    this.#files = new Kept(now, file => file.known);
  }

  async read(
    address: BranchAddress,
    options: { signal: AbortSignal },
  ): Promise<BranchRules> {
    const host = this.#hostOf(address.url);
    if (!host) return unreadBranch(notConnected(address.url, 'rules'));
    const { url, branch, pipelineFile } = address;
    return this.#rules.get(JSON.stringify([url, branch, pipelineFile]), () =>
      host.read(address, options),
    );
  }

  /** Text of a file on a branch; null if there is none. */
  async readFile(
    address: FileAddress,
    options: { signal: AbortSignal },
  ): Promise<Fact<string | null>> {
    const host = this.#hostOf(address.url);
    if (!host) return unknown(notConnected(address.url, 'files'));
    const { url, branch, path } = address;
    return this.#files.get(JSON.stringify([url, branch, path]), () =>
      host.readFile(address, options),
    );
  }

  #hostOf(url: string): SourceHost | undefined {
    return this.#hosts.find(host => host.handles(url));
  }
}

function notConnected(url: string, what: 'rules' | 'files'): UnknownReason {
  return {
    code: 'not-connected',
    message: `The ${what} of ${url} cannot be read: no source host that is connected knows it.`,
    actor: 'platform-team',
    action:
      'Add the host to the integrations section of the configuration, with an app or token that may read repository rules. Hosts other than GitHub, CodeCommit and Azure Repos cannot be read yet.',
  };
}

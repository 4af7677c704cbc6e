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
  #swept = 0;

  constructor(
    private readonly now: () => number,
    private readonly worthKeeping: (value: T) => boolean,
  ) {}

  /** @param since - answers to questions that were asked before do not count */
  async get(key: string, since: number, read: () => Promise<T>): Promise<T> {
    const before = this.#entries.get(key);
    if (before && before.at >= Math.max(since, this.now() - KEPT_FOR_MS)) {
      try {
        return await before.value;
      } catch {
        // Whoever asked first gave up; that says nothing about this question.
      }
    }
    const entry = { at: this.now(), value: read() };
    this.#sweep();
    this.#entries.set(key, entry);
    const drop = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    try {
      const settled = await entry.value;
      // What was refused is asked again next time.
      if (!this.worthKeeping(settled)) drop();
      return settled;
    } catch (error) {
      drop();
      throw error;
    }
  }

  /** Lets go of what is too old, or the texts of files would stay for as long as the backend runs. */
  #sweep(): void {
    const oldest = this.now() - KEPT_FOR_MS;
    if (this.#swept > oldest) return;
    this.#swept = this.now();
    for (const [key, { at }] of this.#entries)
      if (at < oldest) this.#entries.delete(key);
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
    const now = options.now ?? Date.now;
    return new SourceHosts(options.hosts, now, 0, {
      rules: new Kept(now, ({ protection }) => protection.known),
      files: new Kept(now, file => file.known),
    });
  }

  private constructor(
    private readonly hosts: readonly SourceHost[],
    private readonly now: () => number,
    private readonly since: number,
    private readonly kept: {
      rules: Kept<BranchRules>;
      files: Kept<Fact<string | null>>;
    },
  ) {}

  /** The same hosts, asked anew for what was kept until now: for a check on request. Others see the newer answers. */
  anew(): SourceHosts {
    return new SourceHosts(this.hosts, this.now, this.now(), this.kept);
  }

  async read(
    address: BranchAddress,
    options: { signal: AbortSignal },
  ): Promise<BranchRules> {
    const host = this.#hostOf(address.url);
    if (!host) return unreadBranch(notConnected(address.url, 'rules'));
    const { url, branch, pipelineFile } = address;
    return this.kept.rules.get(
      JSON.stringify([url, branch, pipelineFile]),
      this.since,
      () => host.read(address, options),
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
    return this.kept.files.get(
      JSON.stringify([url, branch, path]),
      this.since,
      () => host.readFile(address, options),
    );
  }

  #hostOf(url: string): SourceHost | undefined {
    return this.hosts.find(host => host.handles(url));
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

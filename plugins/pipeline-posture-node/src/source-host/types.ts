import {
  BranchProtection,
  Fact,
  Principal,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * A branch of a repository, wherever it is.
 *
 * @public
 */
export interface BranchAddress {
  /** Address of the repository as people open it: `https://github.com/contoso/shop`. */
  url: string;
  /** Without `refs/heads/`. */
  branch: string;
  /** Path of the file that tells the pipeline what to do, if it is in this repository. */
  pipelineFile?: string;
}

/**
 * What a host enforces on a branch, and who can see the repository.
 *
 * @public
 */
export interface BranchRules {
  protection: Fact<BranchProtection>;
  bypassers: Fact<Principal[]>;
  isPublic: Fact<boolean>;
  /** Whether people who can read the repository can make a copy of it that its rules do not hold for. */
  forkable: Fact<boolean>;
}

/**
 * A file on a branch.
 *
 * @public
 */
export interface FileAddress {
  /** Address of the repository as people open it. */
  url: string;
  /** Without `refs/heads/`. */
  branch: string;
  /** From the root of the repository, without a slash before it. */
  path: string;
}

/**
 * Reads the rules of branches from one kind of source host. It only reads.
 *
 * @public
 */
export interface SourceHost {
  /** `github`, `azure-repos` … */
  id: string;
  /** Whether a repository is on this host, by its address. */
  handles(url: string): boolean;
  /** Never throws for a refused call: what is not known says why. */
  read(
    address: BranchAddress,
    options: { signal: AbortSignal },
  ): Promise<BranchRules>;
  /** Text of a file; null if there is none. Never throws for a refused call. */
  readFile(
    address: FileAddress,
    options: { signal: AbortSignal },
  ): Promise<Fact<string | null>>;
}

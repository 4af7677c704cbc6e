export interface Config {
  pipelinePosture?: {
    /**
     * AWS accounts whose pipelines are read. Credentials come from the `aws`
     * section, which the other AWS plugins of Backstage use as well.
     */
    aws?: Array<{
      /** A name for this entry, for logs and problems. */
      id: string;
      /** Ids of the accounts to read, in quotes. The reader's role must exist in each. */
      accounts?: string[];
      /**
       * Reads the accounts of an organization of AWS Organizations, beside those in `accounts`.
       */
      organization?: {
        /** Id of the management account, or of a delegated administrator of it. */
        managementAccount: string;
        /** Ids of accounts that are left out. */
        exclude?: string[];
      };
      /** Regions to read in each account. */
      regions: string[];
      /** Ids of accounts that roles may trust although they are not read. */
      trustedAccounts?: string[];
      /** How many accounts and regions may be read at once over all replicas. 4 by default. */
      maxScopesAtOnce?: number;
    }>;
  };
}

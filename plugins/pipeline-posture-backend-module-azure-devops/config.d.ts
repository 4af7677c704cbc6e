export interface Config {
  pipelinePosture?: {
    /** Azure DevOps organisations whose pipelines are read. Credentials come from `integrations.azure`. */
    azureDevOps?: Array<{
      /** Name of this source, unique among all sources of Azure DevOps. */
      id: string;
      /** Address of the organisation, such as `https://dev.azure.com/contoso`. */
      url: string;
      /** Which projects are read, by name; `*` stands for anything. Without it, all. */
      projects?: {
        include?: string[];
        exclude?: string[];
      };
      /**
       * Addresses of the organisation on its other hosts. Those of dev.azure.com are known; anything else has
       * them configured here, or is asked under `url`.
       */
      areaUrls?: {
        release?: string;
        graph?: string;
        audit?: string;
        advancedSecurity?: string;
      };
      /** How many projects may be collected at once, over all replicas. Default 2. */
      maxScopesAtOnce?: number;
      /** How many requests may be under way at once. Default 4. */
      maxConcurrency?: number;
      /** The longest pause that Azure DevOps may ask for before a run gives up, in seconds. Default 300. */
      maxWaitSeconds?: number;
      /** Lets Azure DevOps expand pipelines whose code cannot be read otherwise. Default false. */
      preview?: boolean;
      /** Groups that practically every builder is in, by bare name. */
      broadGroups?: string[];
      /** How old remembered pipeline permissions may be, in hours. Default 12. */
      permissionsMaxAgeHours?: number;
      /** How old remembered access control lists, members of groups and uses of connections may be, in hours. Default 24. */
      accessMaxAgeHours?: number;
      /** How long files of a repository that shows no sign of change are taken as they were, in hours. Default 6. */
      filesMaxAgeHours?: number;
      /**
       * The Azure tenant that service connections deploy to. Without it, what they may do there stays unknown.
       * With `clientId` and `clientSecret` the reader signs in as that application; without them, as the workload
       * identity or managed identity of the machine (`clientId` then chooses among several).
       */
      azureResourceManager?: {
        /** Id of the tenant. */
        tenantId: string;
        clientId?: string;
        /** @visibility secret */
        clientSecret?: string;
        /** Which of Microsoft's clouds. Default `public`. */
        cloud?: 'public' | 'usGovernment' | 'china';
        /** Addresses in place of those of the cloud, without a path. */
        endpoints?: {
          authority?: string;
          resourceManager?: string;
          graph?: string;
          /** File with the certificates (PEM) that these addresses are trusted by, where public ones do not do. */
          certificateAuthorityFile?: string;
        };
        /** How old remembered role assignments and credentials may be, in hours. Default 24. */
        maxAgeHours?: number;
      };
    }>;
  };
}

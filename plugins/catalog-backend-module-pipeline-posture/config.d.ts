export interface Config {
  pipelinePosture?: {
    /** Labels that the catalog is filtered by. Everybody who can read an entity can read them. */
    catalogLabels?: {
      /** Default: true. */
      enabled?: boolean;
      /** How often changes are fetched. Default: 15. */
      refreshEverySeconds?: number;
    };
  };
}

export interface Config {
  pipelinePosture?: {
    /** Events that tell of changes as they happen. What is left out is not received. */
    ingress?: {
      /** Service hooks. */
      azureDevOps?: IngressSecret;
      /** EventBridge, through an API destination. */
      aws?: IngressSecret;
    };
  };
}

/** What every delivery must carry; one of the two. */
interface IngressSecret {
  basic?: {
    username: string;
    /**
     * At least 16 characters.
     * @visibility secret
     */
    password: string;
  };
  header?: {
    /** Such as x-pipeline-posture-key. */
    name: string;
    /**
     * At least 16 characters.
     * @visibility secret
     */
    value: string;
  };
}

/** Type of the search documents of pipelines, as the search module of the backend writes them. */
export const PIPELINE_TYPE = 'pipeline-posture-pipeline';

/** Type of the search documents of controls. */
export const CONTROL_TYPE = 'pipeline-posture-control';

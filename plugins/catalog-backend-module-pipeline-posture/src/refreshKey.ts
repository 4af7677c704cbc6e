/** The key by which one entity is processed again without reading its file from source control. */
export const refreshKey = (entityRef: string) =>
  `pipeline-posture:${entityRef}`;

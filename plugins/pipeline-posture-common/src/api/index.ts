export * from './PipelinePostureClient';
export * from './types';

export * from './PipelineList';
export * from './PipelineTable';

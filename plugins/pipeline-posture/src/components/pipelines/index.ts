export * from './PipelineDrawer';
export * from './PipelineList';
export * from './PipelineTable';

export * from './common';
export * from './load';
export * from './organisation';
export * from './pipelines';
export * from './resources';

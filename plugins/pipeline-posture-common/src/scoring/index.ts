export * from './policy';
export * from './rollUp';
export * from './scoreEntity';
export * from './scorePipeline';
export * from './scoreTypes';

export * from './PipelinePostureClient';
export * from './exemptionTypes';
export * from './historyTypes';
export * from './types';

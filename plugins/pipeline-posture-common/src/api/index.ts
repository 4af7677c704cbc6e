export * from './PipelinePostureClient';
export * from './exemptionTypes';
export * from './fleetTypes';
export * from './historyTypes';
export * from './types';

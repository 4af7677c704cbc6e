export * from './ControlsOfCalls';
export * from './extensions';
export * from './types';

/**
 * What the author of a provider or a control of Pipeline Posture imports.
 *
 * @packageDocumentation
 */
export * from './config';
export * from './control';
export * from './provider';
export * from './production';
export * from './scripts';
export * from './secrets';
export * from './source-host';

/*
 * What the collector reads of each answer. Everything else is ignored; what
 * Azure DevOps may leave out is optional, and it writes null for nothing.
 */
export { classicStep, identityRef, variable } from './wireBasics';
export type { ClassicStep, Variable } from './wireBasics';
export * from './wireBuild';
export * from './wireCode';
export * from './wireRelease';
export * from './wireResources';
export * from './wireSecurity';

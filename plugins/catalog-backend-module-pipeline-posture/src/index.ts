/**
 * The catalog module of Pipeline Posture.
 *
 * @packageDocumentation
 */
export { catalogModulePipelinePosture as default } from './module';

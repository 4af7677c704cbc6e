/**
 * The backend of Pipeline Posture.
 *
 * @packageDocumentation
 */
export { pipelinePosturePlugin as default } from './plugin';

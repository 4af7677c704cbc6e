/**
 * The plugin for apps of the new frontend system.
 *
 * @packageDocumentation
 */
export { pipelinePosturePlugin as default } from './plugin';

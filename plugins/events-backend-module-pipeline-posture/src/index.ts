/**
 * The events module of Pipeline Posture.
 *
 * @packageDocumentation
 */
export { eventsModulePipelinePosture as default } from './module';

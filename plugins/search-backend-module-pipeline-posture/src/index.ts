/**
 * Lets Backstage's search find pipelines and the controls that they are checked by.
 *
 * @packageDocumentation
 */
export { searchModulePipelinePosture as default } from './module';
export type { ControlDocument, PipelineDocument } from './documents';

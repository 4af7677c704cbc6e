/**
 * Reads AWS CodePipeline for the pipeline-posture backend plugin.
 *
 * @packageDocumentation
 */
export { pipelinePostureModuleAws as default } from './module';

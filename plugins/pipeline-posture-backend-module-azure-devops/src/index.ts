/**
 * Reads Azure DevOps pipelines for Pipeline Posture.
 *
 * @packageDocumentation
 */
export { pipelinePostureModuleAzureDevOps as default } from './module';

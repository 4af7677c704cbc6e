/**
 * A module for apps of the new frontend system that adds the grade of pipelines to the catalog's list.
 *
 * @packageDocumentation
 */
export { pipelineGradeColumnModule } from './module';

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { PipelineProvider } from './types';
import { Control } from '../control/types';

/**
 * Where modules add the sources that pipelines are read from.
 *
 * @public
 */
export interface PipelineProvidersExtensionPoint {
  addProvider(...providers: PipelineProvider[]): void;
}

/** @public */
export const pipelineProvidersExtensionPoint =
  createExtensionPoint<PipelineProvidersExtensionPoint>({
    id: 'pipeline-posture.providers',
  });

/**
 * Where modules add controls.
 *
 * @public
 */
export interface PipelineControlsExtensionPoint {
  addControl(...controls: Control[]): void;
}

/** @public */
export const pipelineControlsExtensionPoint =
  createExtensionPoint<PipelineControlsExtensionPoint>({
    id: 'pipeline-posture.controls',
  });

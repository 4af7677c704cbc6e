import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { PipelineProvider } from './types';
import { Control } from '../control/types';
import { SourceHosts } from '../source-host/SourceHosts';
import { SourceHost } from '../source-host/types';

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

/**
 * Where modules add hosts of source code, and find those of all modules: a
 * CodePipeline may build what is in Azure Repos, an Azure pipeline what is on GitHub.
 *
 * @public
 */
export interface SourceHostsExtensionPoint {
  addSourceHost(...hosts: SourceHost[]): void;
  /** All hosts behind one question. Ask it while collecting, when every module has added its own. */
  readonly hosts: SourceHosts;
}

/** @public */
export const sourceHostsExtensionPoint =
  createExtensionPoint<SourceHostsExtensionPoint>({
    id: 'pipeline-posture.source-hosts',
  });

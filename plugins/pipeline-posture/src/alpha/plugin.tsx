import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiShieldCheckLine } from '@remixicon/react';
import { entityContentRouteRef, rootRouteRef } from '../routes';
import { pipelinePostureApi } from './apis';
import {
  pipelineComplianceFilter,
  pipelineGradeFilter,
} from './catalogFilters';
import { pipelineCatalogExport } from './catalogExport';
import { entityPipelinePostureCard } from './entityCards';
import { entityPipelinePostureContent } from './entityContent';
import { fixTheseFirstWidget, myPipelinesWidget } from './homeWidgets';
import { pipelinePosturePage } from './pages';
import {
  controlSearchResult,
  controlSearchType,
  pipelineSearchResult,
  pipelineSearchType,
} from './searchResults';

/**
 * The plugin for apps of the new frontend system: page, tab, card, catalog filters and export, home-page
 * widgets, search results and API.
 *
 * @alpha
 */
export const pipelinePosturePlugin = createFrontendPlugin({
  pluginId: 'pipeline-posture',
  title: 'Pipeline posture',
  icon: <RiShieldCheckLine />,
  info: { packageJson: () => import('../../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  extensions: [
    pipelinePostureApi,
    pipelinePosturePage,
    entityPipelinePostureContent,
    entityPipelinePostureCard,
    pipelineComplianceFilter,
    pipelineGradeFilter,
    pipelineCatalogExport,
    myPipelinesWidget,
    fixTheseFirstWidget,
    pipelineSearchResult,
    controlSearchResult,
    pipelineSearchType,
    controlSearchType,
  ],
});

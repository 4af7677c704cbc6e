import { createApp } from '@backstage/frontend-defaults';
import { pipelineGradeColumnModule } from 'backstage-plugin-pipeline-posture/catalog';
import { navModule } from './modules/nav';

/** The demo app. Other plugins are found through `app.packages` in the configuration. */
export default createApp({ features: [pipelineGradeColumnModule, navModule] });

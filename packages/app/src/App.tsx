import { createApp } from '@backstage/frontend-defaults';
import { catalogWithGrade } from './modules/catalog';
import { navModule } from './modules/nav';

/** The demo app. Other plugins are found through `app.packages` in the configuration. */
export default createApp({ features: [catalogWithGrade, navModule] });

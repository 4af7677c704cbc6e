import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { FIX_THESE_FIRST, MY_PIPELINES } from '../components/home/widgets';

/** @alpha */
export const myPipelinesWidget = HomePageWidgetBlueprint.make({
  name: MY_PIPELINES.name,
  params: MY_PIPELINES,
});

/** @alpha */
export const fixTheseFirstWidget = HomePageWidgetBlueprint.make({
  name: FIX_THESE_FIRST.name,
  params: FIX_THESE_FIRST,
});

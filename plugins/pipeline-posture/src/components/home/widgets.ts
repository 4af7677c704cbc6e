import { messages } from '../../translations/en';

const { mine, fixes } = messages.home;
const LAYOUT = {
  width: { minColumns: 3, defaultColumns: 6 },
  height: { minRows: 3, defaultRows: 5 },
};

/** What both frontend systems tell Backstage's home page of the widget with the viewer's pipelines. */
export const MY_PIPELINES = {
  name: 'my-pipelines',
  title: mine.title,
  description: mine.description,
  layout: LAYOUT,
  components: () => import('./myPipelinesWidget'),
};

/** The same of the widget with what to fix first. */
export const FIX_THESE_FIRST = {
  name: 'fix-these-first',
  title: fixes.title,
  description: fixes.description,
  layout: LAYOUT,
  components: () => import('./fixTheseFirstWidget'),
};

import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { RiGitMergeLine, RiShieldCheckLine } from '@remixicon/react';
import { CONTROL_TYPE, PIPELINE_TYPE } from '../components/searchResults/types';
import { messages } from '../translations/en';

/** @alpha */
export const pipelineSearchResult = SearchResultListItemBlueprint.make({
  name: 'pipeline',
  params: {
    icon: <RiGitMergeLine />,
    predicate: result => result.type === PIPELINE_TYPE,
    component: () =>
      import('../components/searchResults').then(
        m => m.PipelineSearchResultListItem,
      ),
  },
});

/** @alpha */
export const controlSearchResult = SearchResultListItemBlueprint.make({
  name: 'control',
  params: {
    icon: <RiShieldCheckLine />,
    predicate: result => result.type === CONTROL_TYPE,
    component: () =>
      import('../components/searchResults').then(
        m => m.ControlSearchResultListItem,
      ),
  },
});

/** @alpha */
export const pipelineSearchType = SearchFilterResultTypeBlueprint.make({
  name: 'pipeline',
  params: {
    value: PIPELINE_TYPE,
    name: messages.search.pipelines,
    icon: <RiGitMergeLine />,
  },
});

/** @alpha */
export const controlSearchType = SearchFilterResultTypeBlueprint.make({
  name: 'control',
  params: {
    value: CONTROL_TYPE,
    name: messages.search.controls,
    icon: <RiShieldCheckLine />,
  },
});

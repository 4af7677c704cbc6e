import { RollUpBy } from 'backstage-plugin-pipeline-posture-common';
import { oneOf, UrlSchema } from '../../hooks/useUrlState';

/** What entities can be grouped by. */
export const BY: readonly RollUpBy[] = ['owner', 'system', 'domain'];

/** Kind of the entities that stand for a group. */
export const KIND = { owner: 'group', system: 'system', domain: 'domain' };

/** What the view keeps in its address. */
export interface GroupsState {
  by: RollUpBy;
  view: 'table' | 'heat-map';
}

/** How it keeps it there. */
export const GROUPS_SCHEMA: UrlSchema<GroupsState> = {
  by: oneOf(BY, 'owner'),
  view: oneOf(['table', 'heat-map'] as const, 'table'),
};

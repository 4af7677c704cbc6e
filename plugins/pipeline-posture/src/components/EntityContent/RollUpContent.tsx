import {
  Entity,
  RELATION_HAS_PART,
  RELATION_OWNER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { getEntityRelations } from '@backstage/plugin-catalog-react';
import { RollUpBy } from 'backstage-plugin-pipeline-posture-common';
import { useMemo } from 'react';
import { useText } from '../../hooks/useText';
import { ExportButtons } from '../fleet';
import { EmptyPanel } from '../parts';
import { PipelineList } from '../pipelines';
import { FixedFilter } from '../pipelines/listState';
import { GroupOverview } from './GroupOverview';

const refsOf = (entity: Entity, relation: string, kind: string) =>
  getEntityRelations(entity, relation, { kind }).map(ref =>
    stringifyEntityRef(ref),
  );

/** Which pipelines belong to a system, domain or group, and of how many components. */
function membersOf(entity: Entity): {
  by: RollUpBy;
  fixed: FixedFilter;
  components: string[];
} {
  const ref = stringifyEntityRef(entity);
  switch (entity.kind.toLocaleLowerCase('en-US')) {
    case 'group':
      return {
        by: 'owner',
        fixed: { owner: [ref] },
        components: refsOf(entity, RELATION_OWNER_OF, 'component'),
      };
    case 'domain':
      return {
        by: 'domain',
        fixed: { domain: [ref] },
        components: [],
      };
    default:
      return {
        by: 'system',
        fixed: { system: [ref] },
        components: refsOf(entity, RELATION_HAS_PART, 'component'),
      };
  }
}

/** The tab of an entity that has many pipelines through others. */
export function RollUpContent({ entity }: { entity: Entity }) {
  const t = useText();
  const { by, fixed, components } = useMemo(() => membersOf(entity), [entity]);
  const name = entity.metadata.title ?? entity.metadata.name;
  const empty = (
    <EmptyPanel
      title={t('state.noneHere.title')}
      text={
        components.length > 0
          ? t('state.noneHere.text', { count: components.length, name })
          : t('state.noneHere.textWithoutCount', { name })
      }
    />
  );
  return (
    <PipelineList
      heading={t('entity.rollUp.heading', { name })}
      fixed={fixed}
      without={[by]}
      above={({ filter, url }) => (
        <GroupOverview
          by={by}
          groupRef={stringifyEntityRef(entity)}
          filter={filter}
          url={url}
        />
      )}
      beside={list => <ExportButtons {...list} />}
      empty={empty}
    />
  );
}

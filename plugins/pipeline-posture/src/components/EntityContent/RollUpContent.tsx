import {
  Entity,
  RELATION_HAS_PART,
  RELATION_OWNER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { getEntityRelations } from '@backstage/plugin-catalog-react';
import { PipelineQuery } from 'backstage-plugin-pipeline-posture-common';
import { useMemo } from 'react';
import { useText } from '../../hooks/useText';
import { EmptyPanel } from '../parts';
import { PipelineList } from '../pipelines';

const refsOf = (entity: Entity, relation: string, kind: string) =>
  getEntityRelations(entity, relation, { kind }).map(ref =>
    stringifyEntityRef(ref),
  );

/** Which pipelines belong to a system, domain or group, and of how many components. */
function membersOf(entity: Entity): {
  fixed: Pick<PipelineQuery, 'owner' | 'system'>;
  components: string[];
} {
  const ref = stringifyEntityRef(entity);
  switch (entity.kind.toLocaleLowerCase('en-US')) {
    case 'group':
      return {
        fixed: { owner: [ref] },
        components: refsOf(entity, RELATION_OWNER_OF, 'component'),
      };
    case 'domain':
      return {
        fixed: { system: refsOf(entity, RELATION_HAS_PART, 'system') },
        components: [],
      };
    default:
      return {
        fixed: { system: [ref] },
        components: refsOf(entity, RELATION_HAS_PART, 'component'),
      };
  }
}

/** The tab of an entity that has many pipelines through others. */
export function RollUpContent({ entity }: { entity: Entity }) {
  const t = useText();
  const { fixed, components } = useMemo(() => membersOf(entity), [entity]);
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
  // Without a system there is nothing to ask for; an empty filter would ask for everything.
  if (fixed.system?.length === 0) return empty;
  return (
    <PipelineList
      heading={t('entity.rollUp.heading', { name })}
      fixed={fixed}
      empty={empty}
    />
  );
}

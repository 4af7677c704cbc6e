import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { EntityPosture } from 'backstage-plugin-pipeline-posture-common';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { useText } from '../../hooks/useText';
import { EntityLinks, Panel } from '../parts';

/** Names other entities that a fix affects, because they use the same pipeline. */
export function SharedNote(props: {
  posture: Pick<EntityPosture, 'entityRef' | 'pipelines'>;
}) {
  const t = useText();
  const addressOf = useEntityRefLink();
  const painted = useAfterPaint();
  const { entityRef, pipelines } = props.posture;
  const shared = pipelines.flatMap(({ id, name, entityRefs }) => {
    const others = entityRefs.filter(ref => ref !== entityRef);
    return others.length > 0 ? [{ id, name, others }] : [];
  });
  if (shared.length === 0) return null;
  return (
    <Panel heading={t('entity.shared.heading')}>
      <ul>
        {shared.map(({ id, name, others }) => (
          <li key={id}>
            {t('entity.shared.text', { name, count: others.length })}{' '}
            {/* Names at once; what the catalog calls them, and the links, right after the first picture. */}
            {painted ? (
              <EntityLinks refs={others} addressOf={addressOf} />
            ) : (
              others.map(ref => parseEntityRef(ref).name).join(', ')
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

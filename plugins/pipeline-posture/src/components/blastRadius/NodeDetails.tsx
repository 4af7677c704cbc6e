import { Link } from '@backstage/ui';
import { BlastRadius } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import styles from './blast.module.css';
import { GraphLayout } from './graphLayout';

/** What leads to and from the chosen node, in words. */
export function NodeDetails(props: {
  radius: BlastRadius;
  layout: GraphLayout;
  chosen?: string;
  /** Address of the plugin's page. */
  root: string;
}) {
  const t = useText();
  const { layout, chosen, root } = props;
  const placed = layout.nodes.find(({ id }) => id === chosen);
  const edges = layout.edges.filter(
    ({ from, to }) => from.id === chosen || to.id === chosen,
  );
  const label = (id: string) => {
    const found = layout.nodes.find(one => one.id === id);
    if (!found) return id;
    return (
      found.node?.label ??
      t(`blast.rest.${found.kind}`, { count: found.hidden })
    );
  };
  return (
    <div role="status" className={styles.details}>
      {placed && (
        <>
          <h3>{label(placed.id)}</h3>
          {placed.node?.pipelineId && (
            <p>
              <Link
                href={`${root}?${new URLSearchParams({
                  pipeline: placed.node.pipelineId,
                })}`}
              >
                {t('blast.openPipeline')}
              </Link>
            </p>
          )}
          {placed.hidden > 0 && <p>{t('blast.inTable')}</p>}
          <ul>
            {edges.map(({ key, from, to, role, words }) => (
              <li key={key}>
                {t(`blast.edge.${role}`, {
                  from: label(from.id),
                  to: label(to.id),
                })}
                {words.length > 0 && (
                  <>
                    : <span lang="en">{words.join(', ')}</span>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

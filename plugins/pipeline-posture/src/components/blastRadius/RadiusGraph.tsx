import { useRouteRef } from '@backstage/core-plugin-api';
import {
  RiGitMergeLine,
  RiGroupLine,
  RiKey2Line,
  RiServerLine,
} from '@remixicon/react';
import { BlastRadius } from 'backstage-plugin-pipeline-posture-common';
import { KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { Scroll } from '../parts';
import styles from './blast.module.css';
import {
  COLUMNS,
  layoutOf,
  neighbourOf,
  NODE,
  PlacedNode,
} from './graphLayout';
import { NodeDetails } from './NodeDetails';
import { RadiusEdges } from './RadiusEdges';

const ICONS = {
  changer: RiGroupLine,
  pipeline: RiGitMergeLine,
  identity: RiKey2Line,
  target: RiServerLine,
};

function Node(props: {
  placed: PlacedNode;
  chosen: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
}) {
  const t = useText();
  const { placed, chosen, onChoose } = props;
  const { node, kind, hidden } = placed;
  const Icon = ICONS[kind];
  const note = node?.tier ? t(`fleet.tier.${node.tier}`) : undefined;
  return (
    <button
      type="button"
      data-node={placed.id}
      className={styles.node}
      data-kind={kind}
      aria-pressed={chosen}
      style={{
        insetInlineStart: placed.x,
        insetBlockStart: placed.y,
        inlineSize: NODE.width,
        blockSize: NODE.height,
      }}
      onClick={onChoose}
      onKeyDown={props.onKeyDown}
    >
      <Icon aria-hidden="true" size={16} />
      <span className={styles.nodeText}>
        <span className={styles.nodeLabel} title={node?.label}>
          {node ? node.label : t(`blast.rest.${kind}`, { count: hidden })}
        </span>
        {(note || node?.broad) && (
          <span className={styles.nodeNote}>
            {node?.broad ? t('blast.broad') : note}
          </span>
        )}
      </span>
    </button>
  );
}

/** Who can change what acts as an identity, and what that reaches: drawn from left to right. The table says the same. */
export function RadiusGraph({ radius }: { radius: BlastRadius }) {
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  const layout = useMemo(() => layoutOf(radius), [radius]);
  const canvas = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string>();

  const walk = (event: KeyboardEvent<HTMLButtonElement>) => {
    const here = event.currentTarget.dataset.node;
    const next = here && neighbourOf(layout, here, event.key);
    if (!next) return;
    event.preventDefault();
    const buttons =
      canvas.current?.querySelectorAll<HTMLElement>('[data-node]');
    [...(buttons ?? [])].find(({ dataset }) => dataset.node === next)?.focus();
  };

  return (
    <>
      <p className={styles.note}>{t('blast.keys')}</p>
      <Scroll label={t('blast.graph')}>
        <div style={{ inlineSize: layout.width }} className={styles.graph}>
          <div className={styles.heads}>
            {COLUMNS.map((kind, n) => (
              <span
                key={kind}
                style={{
                  inlineSize: NODE.width,
                  insetInlineStart: layout.columns[n],
                }}
              >
                {t(`blast.head.${kind}`)}
              </span>
            ))}
          </div>
          <div
            ref={canvas}
            className={styles.canvas}
            style={{ blockSize: layout.height }}
            role="group"
            aria-label={t('blast.graph')}
          >
            <RadiusEdges layout={layout} chosen={chosen} />
            {layout.nodes.map(placed => (
              <Node
                key={placed.id}
                placed={placed}
                chosen={placed.id === chosen}
                onChoose={() => setChosen(placed.id)}
                onKeyDown={walk}
              />
            ))}
          </div>
        </div>
      </Scroll>
      <NodeDetails
        radius={radius}
        layout={layout}
        chosen={chosen}
        root={root}
      />
    </>
  );
}

import styles from './blast.module.css';
import { GraphLayout, NODE, PlacedEdge } from './graphLayout';

const start = ({ from }: PlacedEdge) => ({
  x: from.x + NODE.width,
  y: from.y + NODE.height / 2,
});
const end = ({ to }: PlacedEdge) => ({ x: to.x, y: to.y + NODE.height / 2 });

const pathOf = (edge: PlacedEdge) => {
  const [a, b] = [start(edge), end(edge)];
  const bend = (b.x - a.x) / 2;
  return `M${a.x} ${a.y} C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x} ${
    b.y
  }`;
};

function Words({ edge }: { edge: PlacedEdge }) {
  const [a, b] = [start(edge), end(edge)];
  const x = (a.x + b.x) / 2;
  const y = (a.y + b.y) / 2;
  return (
    <g>
      {edge.bad && (
        <path
          className={styles.cross}
          d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`}
        />
      )}
      {edge.label && (
        <text x={x} y={y - 9} className={styles.words} lang="en">
          {edge.label}
        </text>
      )}
    </g>
  );
}

/** The lines of the picture. What is dangerous is thick and crossed, not only coloured. */
export function RadiusEdges(props: { layout: GraphLayout; chosen?: string }) {
  const { layout, chosen } = props;
  const { edges } = layout;
  const isChosen = ({ from, to }: PlacedEdge) =>
    chosen !== undefined && (from.id === chosen || to.id === chosen);
  return (
    <svg
      className={styles.edges}
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
    >
      {edges.map(edge => (
        <path
          key={edge.key}
          d={pathOf(edge)}
          className={`${styles.edge} ${edge.bad ? styles.bad : ''} ${
            isChosen(edge) ? styles.chosenEdge : ''
          }`}
        />
      ))}
      {edges.map(edge => (
        <Words key={edge.key} edge={edge} />
      ))}
    </svg>
  );
}

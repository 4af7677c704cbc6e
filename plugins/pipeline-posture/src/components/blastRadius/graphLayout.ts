import {
  BlastRadius,
  BlastRadiusEdge,
  BlastRadiusNode,
} from 'backstage-plugin-pipeline-posture-common';

/** The columns from left to right. */
export const COLUMNS = ['changer', 'pipeline', 'identity', 'target'] as const;

/** Sizes in CSS pixels. */
export const NODE = { width: 192, height: 56, between: 10 };

/** Room for lines alone, and for one letter of the words on them. */
const LINES = { width: 60, letter: 6.1, margin: 20 };
/** So many words between two columns can still be told apart. */
const MOST_WORDS = 8;
const LONGEST_WORD = 32;
/** What edges between two columns say, from left to right. */
const ROLES = ['can-change', 'acts-as', 'reaches'] as const;

/** More nodes than this are grouped. */
const MOST_NODES = 150;
const MOST_IN_COLUMN = 36;

/** A node in its place. Without `node` it stands for the `hidden` ones that have no place. */
export interface PlacedNode {
  id: string;
  kind: BlastRadiusNode['kind'];
  node?: BlastRadiusNode;
  hidden: number;
  x: number;
  y: number;
}

/** An edge between placed nodes. */
export interface PlacedEdge {
  key: string;
  from: PlacedNode;
  to: PlacedNode;
  role: BlastRadiusEdge['role'];
  words: string[];
  /** What stands on the line; empty where there is no room. */
  label: string;
  /** True where it is what makes the identity dangerous. */
  bad: boolean;
}

/** A graph in its place. */
export interface GraphLayout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  /** Where each column begins. */
  columns: number[];
  width: number;
  height: number;
}

function isBad(
  edge: BlastRadiusEdge,
  nodes: ReadonlyMap<string, BlastRadiusNode>,
  breadth: BlastRadius['identity']['breadth'],
): boolean {
  if (edge.role === 'can-change') return nodes.get(edge.from)?.broad === true;
  return (
    edge.role === 'reaches' &&
    nodes.get(edge.to)?.tier === 'production' &&
    (breadth === 'administrator' || breadth === 'wide')
  );
}

const shortened = (word: string) =>
  word.length > LONGEST_WORD ? `${word.slice(0, LONGEST_WORD - 1)}…` : word;

/** The words that stand between two columns; none where there are too many. */
function labelsOf(
  edges: readonly BlastRadiusEdge[],
  role: BlastRadiusEdge['role'],
): ReadonlyMap<BlastRadiusEdge, string> {
  const own = edges.filter(edge => edge.role === role);
  return new Map(
    own.length > MOST_WORDS
      ? []
      : own.map(edge => [edge, shortened(edge.words[0] ?? '')]),
  );
}

/** Places nodes in four columns, and groups those for which there is no room. */
export function layoutOf(radius: BlastRadius): GraphLayout {
  const { nodes, edges, identity } = radius;
  const byId = new Map(nodes.map(node => [node.id, node]));
  const most = nodes.length > MOST_NODES ? MOST_IN_COLUMN : nodes.length;
  const step = NODE.height + NODE.between;
  const labels = ROLES.map(role => labelsOf(edges, role));
  const starts = labels.reduce(
    (before, words) => {
      const letters = Math.max(0, ...[...words.values()].map(w => w.length));
      const room = Math.max(LINES.width, letters * LINES.letter + LINES.margin);
      return [...before, before[before.length - 1] + NODE.width + room];
    },
    [0],
  );
  const columns = COLUMNS.map(kind => {
    const all = nodes.filter(node => node.kind === kind);
    const shown = all.length > most ? all.slice(0, most - 1) : all;
    return { kind, all, shown, hidden: all.length - shown.length };
  });
  const rows = Math.max(
    1,
    ...columns.map(({ shown, hidden }) => shown.length + (hidden > 0 ? 1 : 0)),
  );
  const height = rows * step - NODE.between;
  const placedBy = new Map<string, PlacedNode>();
  const placed = columns.flatMap(({ kind, all, shown, hidden }, n) => {
    const count = shown.length + (hidden > 0 ? 1 : 0);
    const top = (height - (count * step - NODE.between)) / 2;
    const x = starts[n];
    const own: PlacedNode[] = shown.map((node, i) => ({
      id: node.id,
      kind,
      node,
      hidden: 0,
      x,
      y: top + i * step,
    }));
    own.forEach(one => placedBy.set(one.id, one));
    if (hidden === 0) return own;
    const rest: PlacedNode = {
      id: `rest:${kind}`,
      kind,
      hidden,
      x,
      y: top + shown.length * step,
    };
    all.slice(shown.length).forEach(({ id }) => placedBy.set(id, rest));
    return [...own, rest];
  });
  const joined = new Map<string, PlacedEdge>();
  for (const edge of edges) {
    const from = placedBy.get(edge.from);
    const to = placedBy.get(edge.to);
    if (!from || !to) continue;
    const key = `${from.id}>${to.id}`;
    const before = joined.get(key);
    const bad = isBad(edge, byId, identity.breadth);
    if (before) before.bad ||= bad;
    else
      joined.set(key, {
        key,
        from,
        to,
        role: edge.role,
        words: edge.words,
        label: labels.find(words => words.has(edge))?.get(edge) ?? '',
        bad,
      });
  }
  return {
    nodes: placed,
    edges: [...joined.values()],
    columns: starts,
    width: starts[starts.length - 1] + NODE.width,
    height,
  };
}

/** Where an arrow key leads from a node; undefined where it leads nowhere. */
export function neighbourOf(
  layout: GraphLayout,
  id: string,
  key: string,
): string | undefined {
  const { nodes, edges } = layout;
  const here = nodes.find(node => node.id === id);
  if (!here) return undefined;
  const column = nodes.filter(({ kind }) => kind === here.kind);
  const at = column.indexOf(here);
  switch (key) {
    case 'ArrowRight':
      return edges.find(({ from }) => from === here)?.to.id;
    case 'ArrowLeft':
      return edges.find(({ to }) => to === here)?.from.id;
    case 'ArrowDown':
      return column[at + 1]?.id;
    case 'ArrowUp':
      return column[at - 1]?.id;
    default:
      return undefined;
  }
}

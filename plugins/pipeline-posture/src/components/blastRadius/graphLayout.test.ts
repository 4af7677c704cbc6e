import { BlastRadius } from 'backstage-plugin-pipeline-posture-common';
import { aRadius } from '../../__testUtils__/radius';
import { COLUMNS, layoutOf, neighbourOf, NODE } from './graphLayout';

const crowd = (pipelines: number): BlastRadius => {
  const radius = aRadius();
  const names = Array.from({ length: pipelines }, (_, i) => `pipeline:p${i}`);
  return {
    ...radius,
    nodes: [
      ...radius.nodes.filter(({ kind }) => kind !== 'pipeline'),
      ...names.map(id => ({ id, kind: 'pipeline' as const, label: id })),
    ],
    edges: [
      ...names.map(from => ({
        from,
        to: 'identity:prod-arm',
        role: 'acts-as' as const,
        words: [],
      })),
      ...radius.edges.filter(({ role }) => role === 'reaches'),
    ],
  };
};

describe('the picture of a blast radius', () => {
  it('stands in four columns from left to right', () => {
    const { nodes, columns } = layoutOf(aRadius());
    for (const { kind, x } of nodes) {
      expect(x).toBe(columns[COLUMNS.indexOf(kind)]);
    }
    columns.slice(1).forEach((x, i) => {
      expect(x - columns[i]).toBeGreaterThan(NODE.width);
    });
  });

  it('leaves room between columns for the words on the lines, and writes none where there are too many', () => {
    const { edges, columns } = layoutOf(aRadius());
    const reaches = edges.filter(({ role }) => role === 'reaches');
    const longest = Math.max(...reaches.map(({ label }) => label.length));
    expect(longest).toBeGreaterThan(0);
    expect(columns[3] - columns[2] - NODE.width).toBeGreaterThan(longest * 6);
    const crowded = layoutOf(crowd(20)).edges;
    expect(crowded.filter(e => e.role === 'acts-as' && e.label)).toEqual([]);
  });

  it('leaves no two nodes on one place', () => {
    const { nodes } = layoutOf(crowd(60));
    expect(new Set(nodes.map(({ x, y }) => `${x},${y}`)).size).toBe(
      nodes.length,
    );
  });

  it('groups what has no room, and counts it', () => {
    const { nodes, edges } = layoutOf(crowd(300));
    expect(nodes.length).toBeLessThanOrEqual(150);
    const rest = nodes.find(({ id }) => id === 'rest:pipeline');
    const shown = nodes.filter(({ kind, node }) => kind === 'pipeline' && node);
    expect(shown.length + (rest?.hidden ?? 0)).toBe(300);
    expect(edges.filter(({ from }) => from === rest)).toHaveLength(1);
  });

  it('marks what makes it dangerous: broad groups and wide rights on production', () => {
    const bad = layoutOf(aRadius())
      .edges.filter(edge => edge.bad)
      .map(({ key }) => key);
    expect(bad).toEqual([
      'changer:contributors>pipeline:deploy',
      'identity:prod-arm>target:prod',
    ]);
  });

  it('leaves out edges to nodes that are not in the answer', () => {
    const radius = aRadius();
    const { edges } = layoutOf({
      ...radius,
      edges: [
        ...radius.edges,
        {
          from: 'nowhere',
          to: 'identity:prod-arm',
          role: 'acts-as',
          words: [],
        },
      ],
    });
    expect(edges).toHaveLength(radius.edges.length);
  });

  it('is walked by arrow keys', () => {
    const layout = layoutOf(aRadius());
    const to = (id: string, key: string) => neighbourOf(layout, id, key);
    expect(to('changer:contributors', 'ArrowRight')).toBe('pipeline:deploy');
    expect(to('identity:prod-arm', 'ArrowLeft')).toBe('pipeline:deploy');
    expect(to('pipeline:deploy', 'ArrowDown')).toBe('pipeline:infra');
    expect(to('pipeline:deploy', 'ArrowUp')).toBeUndefined();
    expect(to('target:prod', 'ArrowRight')).toBeUndefined();
    expect(to('pipeline:deploy', 'Enter')).toBeUndefined();
    expect(to('missing', 'ArrowUp')).toBeUndefined();
  });
});

import {
  BlastRadius,
  BlastRadiusNode,
} from 'backstage-plugin-pipeline-posture-common';

/** One way from somebody who can change a pipeline to what that reaches. */
export interface BlastPath {
  key: string;
  /** Undefined where nobody is known who can change the pipeline. */
  changer?: BlastRadiusNode;
  rights: string[];
  pipeline: BlastRadiusNode;
  /** Undefined where the identity reaches nothing that is known. */
  target?: BlastRadiusNode;
  grants: string[];
}

/** Every way through a graph, those to production first. */
export function pathsOf({ nodes, edges }: BlastRadius): BlastPath[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const reached = edges
    .filter(({ role }) => role === 'reaches')
    .flatMap(({ to, words }) => {
      const target = byId.get(to);
      return target ? [{ target, grants: words }] : [];
    });
  const ends: Array<{ target?: BlastRadiusNode; grants: string[] }> =
    reached.length > 0 ? reached : [{ grants: [] }];
  const paths = nodes
    .filter(({ kind }) => kind === 'pipeline')
    .flatMap(pipeline => {
      const known = edges
        .filter(({ role, to }) => role === 'can-change' && to === pipeline.id)
        .flatMap(({ from, words }) => {
          const changer = byId.get(from);
          return changer ? [{ changer, rights: words }] : [];
        });
      const starts: Array<{ changer?: BlastRadiusNode; rights: string[] }> =
        known.length > 0 ? known : [{ rights: [] }];
      return starts.flatMap(({ changer, rights }) =>
        ends.map(({ target, grants }) => ({
          key: [changer?.id, pipeline.id, target?.id].join('>'),
          changer,
          rights,
          pipeline,
          target,
          grants,
        })),
      );
    });
  const rank = ({ target }: BlastPath) =>
    target?.tier === 'production' ? 0 : 1;
  return paths.sort((a, b) => rank(a) - rank(b));
}

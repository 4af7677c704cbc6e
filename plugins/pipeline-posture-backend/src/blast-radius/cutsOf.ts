import { BlastRadiusCut } from 'backstage-plugin-pipeline-posture-common';
import { IdentityUsage } from './IdentityUses';

const MOST_CUTS = 10;

/** Names of nodes, the same in graph and cuts. */
export const changerNode = (changer: string) => `changer:${changer}`;
export const pipelineNode = (id: string) => `pipeline:${id}`;
export const targetNode = (name: string) => `target:${name}`;

/** Who can change a pipeline; one whose changers are not known can be changed by somebody. */
const waysInto = ({ changers }: IdentityUsage) =>
  Math.max(1, changers?.length ?? 1);

/** Ways changer, pipeline, identity, production target. */
export const pathsOf = (uses: readonly IdentityUsage[]) =>
  uses.reduce((sum, use) => sum + waysInto(use) * use.targets.length, 0);

/** What single change removes how many ways to production, most first. */
export function cutsOf(
  uses: readonly IdentityUsage[],
  nameOf: (pipelineId: string) => string,
): BlastRadiusCut[] {
  const of = pathsOf(uses);
  const cuts = new Map<string, BlastRadiusCut>();
  const add = (
    change: BlastRadiusCut['change'],
    nodeId: string,
    label: string,
    removes: number,
  ) => {
    const cut = cuts.get(nodeId) ?? { change, nodeId, label, removes: 0, of };
    cut.removes += removes;
    cuts.set(nodeId, cut);
  };
  for (const use of uses) {
    const { id } = use.pipeline;
    const ways = waysInto(use);
    add('stop-use', pipelineNode(id), nameOf(id), ways * use.targets.length);
    for (const target of use.targets)
      add('separate-target', targetNode(target), target, ways);
    for (const changer of use.changers ?? [])
      add(
        'take-right',
        changerNode(changer),
        changer.slice(changer.indexOf(':') + 1),
        use.targets.length,
      );
  }
  return [...cuts.values()]
    .filter(cut => cut.removes > 0)
    .sort((a, b) => b.removes - a.removes || (a.nodeId < b.nodeId ? -1 : 1))
    .slice(0, MOST_CUTS);
}

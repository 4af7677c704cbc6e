import { Fact } from 'backstage-plugin-pipeline-posture-common';
import {
  BranchAddress,
  BranchRules,
  SourceHosts,
  unreadBranch,
} from 'backstage-plugin-pipeline-posture-node';
import * as wire from '../client/wire';
import {
  branchKey,
  branchOfDefinition,
  branchOfTemplates,
} from '../normalize/branchElsewhere';
import { CodeReading } from '../reading/types';

const AT_ONCE = 4;

/**
 * Rules of the branches on other hosts that pipelines are built from, and take templates from. Those of the pipeline
 * that is checked on request are asked for anew; the others may be a few minutes old.
 */
export async function readBranchesElsewhere(
  definitions: wire.Definition[],
  code: ReadonlyMap<number, Fact<CodeReading>>,
  options: {
    hosts: SourceHosts;
    /** Id of the definition that is checked on request. */
    only?: number;
    signal: AbortSignal;
  },
): Promise<ReadonlyMap<string, BranchRules>> {
  const { hosts, only, signal } = options;
  const templatesOf = (reading: Fact<CodeReading> | undefined) =>
    reading?.known ? reading.value.repositories.map(branchOfTemplates) : [];
  const keyed = (all: Array<BranchAddress | undefined>) =>
    all.flatMap(each => (each ? [[branchKey(each), each] as const] : []));
  const waiting = [
    ...new Map(
      keyed([
        ...definitions.map(branchOfDefinition),
        ...[...code.values()].flatMap(templatesOf),
      ]),
    ),
  ];
  const asked = new Map(
    only === undefined
      ? []
      : keyed([
          ...definitions
            .filter(({ id }) => id === only)
            .map(branchOfDefinition),
          ...templatesOf(code.get(only)),
        ]),
  );
  const anew = hosts.anew();
  const rules = new Map<string, BranchRules>();
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [key, address] = next;
      const from = asked.has(key) ? anew : hosts;
      rules.set(key, await readOne(address, from, signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return rules;
}

async function readOne(
  address: BranchAddress,
  hosts: SourceHosts,
  signal: AbortSignal,
): Promise<BranchRules> {
  try {
    return await hosts.read(address, { signal });
  } catch {
    signal.throwIfAborted();
    return unreadBranch({
      code: 'source-unreachable',
      message: `The rules of ${address.url} could not be read.`,
      actor: 'platform-team',
      action: 'The next run tries again.',
    });
  }
}

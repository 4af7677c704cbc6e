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

/** Rules of the branches on other hosts that pipelines are built from, and take templates from. */
export async function readBranchesElsewhere(
  definitions: wire.Definition[],
  code: ReadonlyMap<number, Fact<CodeReading>>,
  { hosts, signal }: { hosts: SourceHosts; signal: AbortSignal },
): Promise<ReadonlyMap<string, BranchRules>> {
  const named = [
    ...definitions.map(branchOfDefinition),
    ...[...code.values()].flatMap(reading =>
      reading.known ? reading.value.repositories.map(branchOfTemplates) : [],
    ),
  ].filter((each): each is BranchAddress => each !== undefined);
  const waiting = [...new Map(named.map(each => [branchKey(each), each]))];
  const rules = new Map<string, BranchRules>();
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [key, address] = next;
      rules.set(key, await readOne(address, hosts, signal));
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

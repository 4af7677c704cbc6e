import {
  ExecutionUnit,
  Fact,
  Identity,
  known,
  mapFact,
  PipelineSnapshot,
  Stage,
  UnitKind,
} from 'backstage-plugin-pipeline-posture-common';
import { anApproval, anIdentity } from 'backstage-plugin-pipeline-posture-node';
import { identitiesOf, mayDeploy } from '../identities';

type Change = (snapshot: PipelineSnapshot) => PipelineSnapshot;

/** Applies a change to one element of a list that is known; `which` wraps around. */
function atOne<T>(
  list: Fact<T[]>,
  which: number,
  change: (element: T) => T,
): Fact<T[]> {
  return mapFact(list, elements =>
    elements.map((element, i) =>
      i === which % elements.length ? change(element) : element,
    ),
  );
}

const onStage =
  (change: (stage: Stage) => Stage) =>
  (which: number): Change =>
  snapshot => ({ ...snapshot, stages: atOne(snapshot.stages, which, change) });

const onIdentity =
  (change: (identity: Identity) => Identity) =>
  (which: number): Change =>
  snapshot => ({
    ...snapshot,
    identities: atOne(snapshot.identities, which, change),
  });

const isBuilding = (kind: UnitKind) => kind === 'build' || kind === 'test';

function usesDeployIdentity(
  unit: ExecutionUnit,
  { identities }: PipelineSnapshot,
): boolean {
  if (!identities.known) return false;
  const used = identitiesOf(unit, identities.value);
  return used.known && used.value.some(mayDeploy);
}

/**
 * What people do to make a pipeline safer, each on one thing of the pipeline. A new control adds here what mends it.
 */
export const protections: { [name: string]: (which: number) => Change } = {
  'add an approval of somebody else': onStage(stage => ({
    ...stage,
    gates: mapFact(stage.gates, gates => [...gates, anApproval()]),
  })),
  'add an approval that the requester can give': onStage(stage => ({
    ...stage,
    gates: mapFact(stage.gates, gates => [
      ...gates,
      anApproval({ requesterCanApprove: known(true) }),
    ]),
  })),
  'exclude the requester': onStage(stage => ({
    ...stage,
    gates: mapFact(stage.gates, gates =>
      gates.map(gate => ({ ...gate, requesterCanApprove: known(false) })),
    ),
  })),
  'make gates take effect': onStage(stage => ({
    ...stage,
    gates: mapFact(stage.gates, gates =>
      gates.map(gate => ({ ...gate, effective: true })),
    ),
  })),
  'split what builds from what deploys': onStage(stage => ({
    ...stage,
    units: stage.units.flatMap(unit => {
      const building = unit.kinds.filter(isBuilding);
      const others = unit.kinds.filter(kind => !isBuilding(kind));
      if (building.length === 0) return [unit];
      const builder = { ...unit, kinds: building, identityIds: known([]) };
      return others.length > 0
        ? [builder, { ...unit, kinds: others }]
        : [builder];
    }),
  })),
  'give a stage an identity of its own': which => snapshot => ({
    ...snapshot,
    identities: mapFact(snapshot.identities, identities => [
      ...identities,
      anIdentity({ id: `own-${which}`, name: 'own' }),
    ]),
    stages: atOne(snapshot.stages, which, stage => ({
      ...stage,
      units: stage.units.map(unit =>
        unit.kinds.some(isBuilding) || !usesDeployIdentity(unit, snapshot)
          ? unit
          : { ...unit, identityIds: known([`own-${which}`]) },
      ),
    })),
  }),
  'replace a stored credential': onIdentity(identity => ({
    ...identity,
    credential: known({ kind: 'federated', longLived: false }),
  })),
  'narrow the rights': onIdentity(identity => ({
    ...identity,
    grants: mapFact(identity.grants, grants =>
      grants.map(grant => ({ ...grant, breadth: 'narrow' })),
    ),
  })),
  'keep other pipelines from an identity': onIdentity(identity => ({
    ...identity,
    usedBy: known([]),
  })),
  'require a review': which => snapshot => ({
    ...snapshot,
    sources: atOne(snapshot.sources, which, source => ({
      ...source,
      protection: mapFact(source.protection, protection =>
        protection === 'not-applicable'
          ? protection
          : {
              ...protection,
              minimumReviewers: Math.max(1, protection.minimumReviewers),
            },
      ),
    })),
  }),
  'count only the approvals of others': which => snapshot => ({
    ...snapshot,
    sources: atOne(snapshot.sources, which, source => ({
      ...source,
      protection: mapFact(source.protection, protection =>
        protection === 'not-applicable'
          ? protection
          : {
              ...protection,
              authorApprovalCounts: false,
              lastPusherApprovalCounts: false,
            },
      ),
    })),
  }),
  'remove a leak': which => snapshot => ({
    ...snapshot,
    leaks: mapFact(snapshot.leaks, leaks =>
      leaks.filter((_, i) => i !== which % leaks.length),
    ),
  }),
  'limit what can be set at queue time': () => snapshot => ({
    ...snapshot,
    inputs: mapFact(snapshot.inputs, inputs => ({
      ...inputs,
      anyVariableSettable: known(false),
    })),
  }),
  'constrain an input': which => snapshot => ({
    ...snapshot,
    inputs: mapFact(snapshot.inputs, inputs => ({
      ...inputs,
      declared: inputs.declared.map((input, i) => ({
        ...input,
        constrained: input.constrained || i === which % inputs.declared.length,
      })),
    })),
  }),
};

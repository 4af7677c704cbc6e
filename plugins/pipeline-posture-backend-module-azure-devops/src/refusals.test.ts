import { Finding } from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import {
  ControlsOfCalls,
  evaluateControls,
} from 'backstage-plugin-pipeline-posture-node';
import {
  Behaviour,
  CallLog,
  createAzureDevOpsEstate,
  createAzureEstate,
  loadContosoAzure,
  loadContosoTenant,
} from 'pipeline-posture-estate';
import { azureSource } from './__testUtils__/azure';
import { collect, providerFor } from './__testUtils__/collecting';
import { azureDevOpsControls } from './controls';
import { CONTROLS_OF_CALLS } from './controlsOfCalls';

jest.setTimeout(600_000);

/** The demo's organisation with a release that few may edit: who may is not known of others while they are not read. */
function organisation() {
  const state = loadContosoAzure();
  const project = state.projects.find(({ name }) => name === 'Storefront')!;
  project.permissions.push({
    namespace: 'ReleaseManagement',
    release: project.releases[0].id,
    identity: '[Storefront]\\Contributors',
    allow: [],
    deny: [
      'EditReleaseDefinition',
      'DeleteReleaseDefinition',
      'EditReleaseEnvironment',
      'ManageReleaseApprovers',
    ],
  });
  return state;
}

const PROJECTS = ['Payments', 'Storefront', 'Logistics', 'Platform'];
const KINDS = ['deny', 'html'] as const;
type Kind = (typeof KINDS)[number];

async function readAll(fault?: {
  kind: Kind;
  operation: string;
  /** How many calls are answered before it. */
  after?: number;
}) {
  const behaviour = new Behaviour();
  const calls = new CallLog();
  const estate = await createAzureDevOpsEstate({
    state: organisation(),
    behaviour,
    calls,
  });
  const azure = await createAzureEstate({
    tenant: loadContosoTenant(),
    behaviour,
    calls,
  });
  if (fault) {
    const { kind, operation, after } = fault;
    const times = after === undefined ? undefined : 1;
    behaviour.addFault({ match: { operation }, kind, after, times });
  }
  const results = new Map<string, Finding>();
  const provider = providerFor(estate, azureSource(azure));
  try {
    for (const project of PROJECTS) {
      const collected = await collect(provider, project).catch(() => undefined);
      for (const [name, snapshot] of collected?.snapshots ?? []) {
        for (const finding of evaluateControls(
          [...neutralControls, ...azureDevOpsControls],
          snapshot,
        )) {
          results.set(`${project}/${name} ${finding.controlId}`, finding);
        }
      }
    }
    return { results, operations: Object.keys(calls.byOperation()) };
  } finally {
    await Promise.all([estate.close(), azure.close()]);
  }
}

describe('a call that gives no answer', () => {
  let whole: Awaited<ReturnType<typeof readAll>>;
  const controls = new ControlsOfCalls();
  beforeAll(async () => {
    whole = await readAll();
  });

  /** What changes in another way than to unknown. */
  const wrongWith = async (kind: Kind, after?: number) => {
    const wrong: string[] = [];
    for (const operation of whole.operations) {
      const { results } = await readAll({ kind, operation, after });
      for (const [key, { status, controlId, instances }] of results) {
        const before = whole.results.get(key)?.status;
        if (kind === 'deny' && status === 'unknown' && before !== status)
          controls.add(controlId, instances);
        if (status !== 'unknown' && status !== before) {
          wrong.push(`${operation}: ${key} ${before} → ${status}`);
        }
      }
    }
    return wrong;
  };

  it.each(KINDS)(
    'makes results unknown, and changes none in any other way: %s',
    async kind => {
      expect(await wrongWith(kind)).toEqual([]);
    },
  );

  it('leaves undecided what its permission is said to be for', () => {
    expect(controls.found()).toEqual(CONTROLS_OF_CALLS);
  });

  it.each([1, 2])('does so after %i that did', async after => {
    expect(await wrongWith('deny', after)).toEqual([]);
  });
});

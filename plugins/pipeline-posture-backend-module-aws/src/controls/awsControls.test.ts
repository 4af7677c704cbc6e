import {
  Alert,
  known,
  PipelineSnapshot,
  ResultStatus,
  Runner,
} from 'backstage-plugin-pipeline-posture-common';
import {
  aSnapshot,
  aStage,
  aUnit,
  Control,
  evaluateControl,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { awsControls } from '.';
import { approvalsReachSomeone } from './approvals-reach-someone';
import { buildContainerNotPrivileged } from './build-container-not-privileged';
import { buildImageIsPinned } from './build-image-is-pinned';
import { changesAreAlerted } from './changes-are-alerted';
import { externalActionProvider } from './external-action-provider';
import { sourceRepositoryIsPrivate } from './source-repository-is-private';
import { webhookIsAuthenticated } from './webhook-is-authenticated';

const REF = {
  provider: 'aws-codepipeline',
  scope: '111122223333/eu-west-1',
  id: 'shop',
};
type Row = [ResultStatus, string, Partial<PipelineSnapshot>, string?];

const runner = (part: Partial<Runner>): Partial<PipelineSnapshot> => ({
  runners: known([
    {
      name: 'build project shop',
      hosting: 'provider',
      sharedBeyondTeam: known(false),
      openToAllPipelines: known(false),
      privileged: known(false),
      image: known('aws/codebuild/standard:7.0'),
      ...part,
    },
  ]),
});
const provider = (name: string, value: unknown): Partial<PipelineSnapshot> => ({
  provider: { [name]: known(value) },
});
const alert = (part: Partial<Alert>): Partial<PipelineSnapshot> => ({
  alerts: known([
    {
      name: 'rule changes',
      on: ['pipeline-change'],
      effective: known(true),
      ...part,
    },
  ]),
});

const TABLE: Array<[Control, Row[]]> = [
  [
    externalActionProvider,
    [
      [
        'fail',
        'a worker of Jenkins runs an action',
        provider('externalActions', [
          { name: 'Build', stage: 'Build', provider: 'Jenkins' },
        ]),
        'worker of Jenkins',
      ],
      [
        'unknown',
        'the definition cannot be read',
        { provider: { externalActions: notRead() } },
      ],
      [
        'pass',
        'AWS runs all actions',
        provider('externalActions', []),
        'managed by AWS',
      ],
    ],
  ],
  [
    sourceRepositoryIsPrivate,
    [
      [
        'pass',
        'the repository is private',
        provider('visibility', [
          {
            name: 'contoso/shop',
            isPublic: known(false),
            forkable: known(true),
          },
        ]),
      ],
      [
        'fail',
        'the repository is public',
        provider('visibility', [
          {
            name: 'contoso/shop',
            isPublic: known(true),
            forkable: known(true),
          },
        ]),
        'contoso/shop is public',
      ],
      [
        'unknown',
        'its host is not connected',
        provider('visibility', [
          { name: 'contoso/shop', isPublic: notRead(), forkable: notRead() },
        ]),
      ],
      ['not-applicable', 'there is no repository', provider('visibility', [])],
    ],
  ],
  [
    buildContainerNotPrivileged,
    [
      ['pass', 'no container is privileged', runner({})],
      [
        'fail',
        'a container is privileged',
        runner({ privileged: known(true) }),
        'in privileged mode',
      ],
      ['unknown', 'a project cannot be read', { runners: notRead() }],
      ['not-applicable', 'nothing is built', { runners: known([]) }],
    ],
  ],
  [
    buildImageIsPinned,
    [
      ['pass', 'AWS manages the image', runner({})],
      [
        'pass',
        'the image is pinned',
        runner({ image: known(`registry/shop@sha256:${'a'.repeat(64)}`) }),
        'pinned by its digest',
      ],
      [
        'fail',
        'the image has a tag only',
        runner({ image: known('registry/shop:latest') }),
        'another one tomorrow',
      ],
      ['unknown', 'a project cannot be read', { runners: notRead() }],
      ['not-applicable', 'nothing is built', { runners: known([]) }],
    ],
  ],
  [
    webhookIsAuthenticated,
    [
      [
        'pass',
        'the webhook authenticates',
        provider('webhooks', [{ name: 'push' }]),
      ],
      [
        'fail',
        'the webhook does not',
        provider('webhooks', [
          { name: 'push', weakness: 'it does not authenticate its caller' },
        ]),
        'push is open',
      ],
      [
        'unknown',
        'webhooks cannot be listed',
        { provider: { webhooks: notRead() } },
      ],
      ['not-applicable', 'there is none', provider('webhooks', [])],
    ],
  ],
  [
    changesAreAlerted,
    [
      ['pass', 'somebody is told', alert({})],
      [
        'fail',
        'the rule reaches nobody',
        alert({ effective: known(false) }),
        'reaches nobody: rule changes',
      ],
      [
        'fail',
        'nobody is told',
        { alerts: known([]) },
        'Nothing tells anybody',
      ],
      ['unknown', 'rules cannot be read', { alerts: notRead() }],
    ],
  ],
];

const withApproval = {
  stages: known([aStage({ units: [aUnit({ kinds: ['approval'] })] })]),
};
TABLE.push([
  approvalsReachSomeone,
  [
    [
      'pass',
      'somebody is told of waiting approvals',
      { ...withApproval, ...alert({ on: ['approval-needed'] }) },
    ],
    [
      'fail',
      'the topic has no subscriber',
      {
        ...withApproval,
        ...alert({ on: ['approval-needed'], effective: known(false) }),
      },
      'reaches nobody',
    ],
    ['fail', 'nobody is told', { ...withApproval, alerts: known([]) }],
    ['unknown', 'rules cannot be read', { ...withApproval, alerts: notRead() }],
    ['not-applicable', 'there is no approval', { alerts: known([]) }],
  ],
]);

describe.each(TABLE)('$id', (control, rows) => {
  it.each<Row>(rows)('is %s when %s', (status, _when, given, says = '') => {
    const finding = evaluateControl(control, aSnapshot({ ref: REF, ...given }));
    expect(finding?.status).toBe(status);
    expect(finding?.instances[0].observed).toEqual(
      expect.stringContaining(says),
    );
  });
});

it('tests every control of the list', () => {
  expect(TABLE.map(([{ id }]) => id).sort()).toEqual(
    awsControls.map(({ id }) => id).sort(),
  );
});

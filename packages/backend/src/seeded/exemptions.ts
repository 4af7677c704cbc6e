import {
  ExemptionRequest,
  PipelinePostureClient,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';

const DAY_MS = 86_400_000;

/** Somebody does something about a request, some days before today. */
interface Step {
  days: number;
  what: 'approve' | 'reject' | 'revoke';
  comment?: string;
}

/** A request with what becomes of it. */
interface Planned
  extends Pick<ExemptionRequest, 'type' | 'reason' | 'mitigation'> {
  control: string;
  /** Name of a pipeline of the team checkout … */
  pipeline?: string;
  /** … or of one of its components. */
  component?: string;
  by: string;
  /** Days before today on which it is made. */
  asked: number;
  /** Days from today to the last day. */
  until: number;
  steps?: Step[];
}

/**
 * Requests in every queue. None is about payments-api, whose numbers the tests know, and none that waits or holds ends
 * within a week.
 */
const PLANNED: readonly Planned[] = [
  {
    control: 'failures-reach-someone',
    pipeline: 'checkout-admin-3-deploy',
    by: 'owner',
    asked: 2,
    until: 71,
    type: 'risk-accepted',
    reason:
      'The team moves to the new chat in January; until then somebody looks at the runs each morning.',
  },
  {
    control: 'author-cannot-approve-own-change',
    pipeline: 'checkout-events-2-deploy',
    by: 'outsider',
    asked: 1,
    until: 40,
    type: 'mitigated',
    reason: 'Two of the three maintainers are away until the new year.',
    mitigation: 'Every change is read by the platform team within a day.',
  },
  {
    control: 'security-test-runs-before-production',
    pipeline: 'checkout-rules-2-deploy',
    by: 'outsider',
    asked: 3,
    until: 30,
    type: 'wrong-result',
    reason: 'The scan runs in the pipeline that builds the shared image.',
  },
  {
    control: 'pipeline-not-editable-by-builders',
    component: 'checkout-web-3',
    by: 'owner',
    asked: 0,
    until: 60,
    type: 'risk-accepted',
    reason: 'The component is shut down at the end of the quarter.',
  },
  {
    control: 'failures-reach-someone',
    pipeline: 'checkout-gateway-1-deploy',
    by: 'owner',
    asked: 14,
    until: 71,
    type: 'risk-accepted',
    reason: 'The gateway is watched by the operations centre around the clock.',
    steps: [{ days: 12, what: 'approve', comment: 'Agreed with operations.' }],
  },
  {
    control: 'security-test-runs-before-production',
    pipeline: 'checkout-ledger-1-deploy',
    by: 'outsider',
    asked: 12,
    until: 45,
    type: 'mitigated',
    reason: 'The scanner does not know the language of the ledger yet.',
    mitigation: 'A person reviews the code for security before each release.',
    steps: [{ days: 10, what: 'approve' }],
  },
  {
    control: 'failures-reach-someone',
    pipeline: 'checkout-events-3-deploy',
    by: 'owner',
    asked: 28,
    until: 8,
    type: 'risk-accepted',
    reason: 'The events team has no channel of its own before December.',
    steps: [{ days: 14, what: 'approve' }],
  },
  {
    control: 'failures-reach-someone',
    pipeline: 'checkout-ledger-2-deploy',
    by: 'owner',
    asked: 28,
    until: 12,
    type: 'risk-accepted',
    reason: 'Alerts go to the mailbox that the ledger team still reads.',
    steps: [{ days: 28, what: 'approve' }],
  },
  {
    control: 'pipeline-not-editable-by-builders',
    pipeline: 'checkout-rules-1-deploy',
    by: 'outsider',
    asked: 28,
    until: -9,
    type: 'risk-accepted',
    reason: 'The rights are taken away when the move of the project is done.',
    steps: [{ days: 28, what: 'approve' }],
  },
  {
    control: 'pipeline-not-editable-by-builders',
    pipeline: 'checkout-rules-4-deploy',
    by: 'owner',
    asked: 28,
    until: 90,
    type: 'mitigated',
    reason: 'Only the three contributors of the rules may edit the pipeline.',
    mitigation: 'Changes of the pipeline are reported to the team channel.',
    steps: [{ days: 14, what: 'approve' }],
  },
  {
    control: 'no-plaintext-secret',
    pipeline: 'checkout-web-4-deploy',
    by: 'owner',
    asked: 10,
    until: 60,
    type: 'risk-accepted',
    reason: 'The password opens only a test system, as far as we know.',
    steps: [
      {
        days: 9,
        what: 'reject',
        comment: 'It opens production too. Rotate it and use the key vault.',
      },
    ],
  },
  {
    control: 'pipeline-not-editable-by-builders',
    pipeline: 'checkout-sync-2-deploy',
    by: 'outsider',
    asked: 14,
    until: 75,
    type: 'risk-accepted',
    reason: 'The contractors need the right until the migration is over.',
    steps: [
      { days: 12, what: 'approve' },
      { days: 3, what: 'revoke', comment: 'The contractors have left.' },
    ],
  },
];

const targetOf = ({ pipeline, component }: Planned) =>
  pipeline
    ? {
        pipelineId: stringifyPipelineRef({
          provider: 'azure-devops',
          scope: 'Checkout',
          id: pipeline,
        }),
      }
    : { entityRef: `component:default/${component}` };

/** Makes and decides the planned requests, by the API, in the names of people. */
export class SeededExemptions {
  readonly #client: PipelinePostureClient;
  readonly #tokenOf: (person: string) => Promise<string>;
  readonly #today: Date;
  readonly #ids = new Map<Planned, string>();

  constructor(options: {
    client: PipelinePostureClient;
    tokenOf: (person: string) => Promise<string>;
    today: Date;
  }) {
    this.#client = options.client;
    this.#tokenOf = options.tokenOf;
    this.#today = options.today;
  }

  /** Does what is planned for a day. */
  async on(days: number): Promise<void> {
    for (const planned of PLANNED) {
      const { asked, by, control, until, steps = [] } = planned;
      if (asked === days) {
        const { type, reason, mitigation } = planned;
        const { id } = await this.#client.requestExemption(
          {
            ...targetOf(planned),
            controlId: control,
            ...{ type, reason, mitigation },
            until: new Date(this.#today.getTime() + until * DAY_MS)
              .toISOString()
              .slice(0, 10),
          },
          { token: await this.#tokenOf(by) },
        );
        this.#ids.set(planned, id);
      }
      for (const step of steps.filter(one => one.days === days)) {
        await this.#client.decideExemption(
          this.#ids.get(planned) ?? '',
          step.what,
          step.comment,
          { token: await this.#tokenOf('appsec') },
        );
      }
    }
  }
}

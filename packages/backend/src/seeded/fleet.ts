import {
  known,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import {
  administrator,
  editableTest,
  everybodyEdits,
  Fault,
  longLivedSecret,
  NO_CHECKS,
  NO_ROLES,
  noApproval,
  noReview,
  noSecurityTest,
  onlyBuilds,
  openPipelineFile,
  ownApproval,
  ownReview,
  partnersEdit,
  plaintextSecret,
  sharedIdentity,
  silent,
  staleReview,
  unreadable,
  unreadableRoles,
} from './faults';
import { Place, soundPipeline } from './soundPipeline';

/** A team with its number of pipelines and how it goes about them: how often which habit. */
export interface Team {
  name: string;
  title: string;
  system: string;
  project: string;
  pipelines: number;
  /** Shares of habits, summing up to 1: careful, decent, careless, reckless, unreadable. */
  habits: [number, number, number, number, number];
}

/** The AWS account that can be read, and the one that cannot any more. */
export const ACCOUNT = '111122223333';
export const LOST_ACCOUNT = '444455556666';

/** Who works here. Together with what is written down below they have 312 pipelines. */
export const TEAMS: readonly Team[] = [
  {
    name: 'payments',
    title: 'Payments',
    system: 'money',
    project: 'Payments',
    pipelines: 88,
    habits: [0.1, 0.06, 0.78, 0.04, 0.02],
  },
  {
    name: 'checkout',
    title: 'Checkout',
    system: 'shop',
    project: 'Checkout',
    pipelines: 40,
    habits: [0.45, 0.3, 0.2, 0.05, 0],
  },
  {
    name: 'storefront',
    title: 'Storefront',
    system: 'shop',
    project: 'Storefront',
    pipelines: 44,
    habits: [0.5, 0.35, 0.1, 0.05, 0],
  },
  {
    name: 'logistics',
    title: 'Logistics',
    system: 'delivery',
    project: 'Logistics',
    pipelines: 36,
    habits: [0.3, 0.3, 0.2, 0.05, 0.15],
  },
  {
    name: 'search',
    title: 'Search',
    system: 'discovery',
    project: 'Search',
    pipelines: 28,
    habits: [0.7, 0.3, 0, 0, 0],
  },
  {
    name: 'data',
    title: 'Data',
    system: 'insight',
    project: ACCOUNT,
    pipelines: 26,
    habits: [0.3, 0.4, 0.2, 0, 0.1],
  },
  {
    name: 'risk',
    title: 'Risk',
    system: 'money',
    project: LOST_ACCOUNT,
    pipelines: 12,
    habits: [0.6, 0.4, 0, 0, 0],
  },
  {
    name: 'platform',
    title: 'Platform',
    system: 'foundation',
    project: 'Platform',
    pipelines: 18,
    habits: [0.8, 0.2, 0, 0, 0],
  },
];

/** Pipelines that no entity points to. */
export const UNLINKED = 17;

/** A repeatable sequence of numbers below 1. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const HABITS: ReadonlyArray<readonly Fault[]> = [
  [],
  [ownReview],
  [administrator],
  [administrator, longLivedSecret, noApproval, noReview, plaintextSecret],
  [unreadable(NO_CHECKS)],
];
const SLIPS = [
  silent,
  staleReview,
  openPipelineFile,
  editableTest,
  noSecurityTest,
  everybodyEdits,
];
const WORDS = [
  'api',
  'web',
  'worker',
  'gateway',
  'ledger',
  'sync',
  'report',
  'rules',
  'events',
  'admin',
];
const DAY_MS = 86_400_000;

/** One pipeline with what is wrong with it, and since when and until when before today it was. */
interface Planned {
  place: Place;
  faults: Array<{ fault: Fault; from: number; to: number }>;
}

function planTeam(team: Team, seed: number): Planned[] {
  const next = numbersFrom(seed);
  const aws = /^\d+$/.test(team.project);
  return Array.from({ length: team.pipelines }, (_, i) => {
    const repository = `${team.name}-${WORDS[i % WORDS.length]}-${
      Math.floor(i / WORDS.length) + 1
    }`;
    const share = next();
    let habit = 0;
    for (let sum = team.habits[0]; share >= sum && habit < 4; )
      sum += team.habits[(habit += 1)];
    // Some mended what was wrong within the last weeks, a few broke it.
    const turned = next();
    const from = turned > 0.93 ? 7 : 1000;
    const to = turned < 0.15 ? 12 : -1;
    const slips = SLIPS.filter(() => next() < (habit === 0 ? 0.05 : 0.3));
    const shared =
      next() < 0.2
        ? [
            sharedIdentity(
              `${
                aws ? `arn:aws:iam::${team.project}:role/` : 'entra:contoso/'
              }${team.name}-deployer`,
              `${team.name}-deployer`,
            ),
          ]
        : [];
    return {
      place: {
        provider: aws
          ? ('aws-codepipeline' as const)
          : ('azure-devops' as const),
        scope: team.project,
        name: `${repository}-deploy`,
        repository,
      },
      faults: [
        ...HABITS[habit].map(fault => ({ fault, from, to })),
        ...[...slips, ...shared].map(fault => ({ fault, from: 1000, to: -1 })),
      ],
    };
  });
}

const always = (...faults: Fault[]) =>
  faults.map(fault => ({ fault, from: 1000, to: -1 }));

/** The three pipelines of payments-api: one that deploys, one that builds, and one in AWS that cannot be read whole. */
const PAYMENTS_API: Planned[] = [
  {
    place: {
      provider: 'azure-devops',
      scope: 'Payments',
      name: 'payments-deploy',
      repository: 'payments-api',
    },
    faults: [
      ...always(plaintextSecret),
      { fault: ownApproval, from: 7, to: -1 },
    ],
  },
  {
    place: {
      provider: 'azure-devops',
      scope: 'Payments',
      name: 'payments-ci',
      repository: 'payments-api',
    },
    faults: always(onlyBuilds, silent),
  },
  {
    place: {
      provider: 'aws-codepipeline',
      scope: ACCOUNT,
      name: 'payments-infra',
      repository: 'payments-api',
    },
    faults: [{ fault: unreadableRoles(NO_ROLES), from: 9, to: -1 }],
  },
];

function planUnlinked(): Planned[] {
  return Array.from({ length: UNLINKED }, (_, i) => ({
    place: {
      provider: 'azure-devops' as const,
      scope: 'Platform',
      // One has a name that a spreadsheet would take for a formula.
      name: i === 0 ? '=cmd()' : `forgotten-job-${i}`,
      repository: `forgotten-${i}`,
    },
    faults: always(...(i % 3 === 0 ? [noReview] : [])),
  }));
}

/** What happened to single pipelines beside. The first had an exemption, which lapses with it. */
const BESIDE: Record<string, Planned['faults']> = {
  'checkout-rules-4-deploy': [{ fault: partnersEdit, from: 4, to: -1 }],
};

const FLEET: readonly Planned[] = [
  ...PAYMENTS_API,
  ...TEAMS.flatMap((team, n) => planTeam(team, 7 + n)),
  ...planUnlinked(),
].map(({ place, faults }) => ({
  place,
  faults: [...faults, ...(BESIDE[place.name] ?? [])],
}));

/** Repositories of a team that become components. */
export const repositoriesOf = ({ project, name }: Team): Place[] =>
  FLEET.map(({ place }) => place).filter(
    place =>
      place.scope === project &&
      place.repository.startsWith(`${name}-`) &&
      place.repository !== 'payments-api',
  );

/** Names of projects and accounts that are read. */
export const SCOPES: readonly string[] = [
  ...new Set(FLEET.map(({ place }) => place.scope)),
];

/** How many pipelines there are. */
export const PIPELINES = FLEET.length;

const sound: Fault = snapshot => ({
  ...snapshot,
  alerts: known([
    {
      name: 'team channel',
      on: ['failure', 'pipeline-change'],
      effective: known(true),
    },
  ]),
});

/**
 * What stands in a project or account at a moment.
 *
 * @param today - the day that the plan counts back from
 */
export function pipelinesAt(
  scope: string,
  at: Date,
  today: Date,
): PipelineSnapshot[] {
  // What is today stays as it is, however far a test puts the clock forward.
  const daysAgo = Math.max(0, (today.getTime() - at.getTime()) / DAY_MS);
  return FLEET.filter(({ place }) => place.scope === scope).map(
    ({ place, faults }) =>
      faults
        .filter(({ from, to }) => daysAgo <= from && daysAgo > to)
        .reduce(
          (snapshot, { fault }) => fault(snapshot),
          sound(soundPipeline(place, at)),
        ),
  );
}

/** What the health page says of the account whose roles may not be read. */
export const NO_ROLES_PROBLEM = {
  scope: ACCOUNT,
  problem: {
    reason: NO_ROLES,
    subject: 'pipeline payments-infra',
    effect: 'What the pipeline may do, and who may become it, stays unknown.',
  },
};

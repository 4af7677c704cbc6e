import { known } from 'backstage-plugin-pipeline-posture-common';
import { MemoryCheckpoints } from '../__testUtils__/collecting';
import { Source } from '../client/Source';
import { readCollectionGroups } from './readCollectionGroups';
import { Remembered } from './Remembered';

const ADMINISTRATORS = 'Project Collection Administrators';
const SERVICE_ACCOUNTS = 'Project Collection Service Accounts';

const read = async (
  identities: object[],
  members: Record<string, string[]> = {},
) => {
  const { editors } = await readCollectionGroups({
    source: {
      list: async (name: string, _: unknown, { path }: { path?: any } = {}) =>
        known(
          name === 'identities'
            ? identities
            : (members[path.descriptor] ?? []).map(memberDescriptor => ({
                memberDescriptor,
              })),
        ),
    } as unknown as Source,
    remembered: new Remembered(),
    cadence: {
      checkpoints: new MemoryCheckpoints(),
      now: new Date(),
      maxAgeMs: 0,
    },
  });
  return editors;
};

const aGroup = (name: string) => ({
  descriptor: 'd',
  subjectDescriptor: `vssgp.${name}`,
  providerDisplayName: `[contoso]\\${name}`,
  isContainer: true,
});
const BOTH = [aGroup(ADMINISTRATORS), aGroup(SERVICE_ACCOUNTS)];

const anEditor = (name: string, administration: object) =>
  expect.objectContaining({
    principal: expect.objectContaining({
      name: expect.stringContaining(name),
    }),
    administration: expect.objectContaining(administration),
  });

describe('groups of the organisation', () => {
  it('are nobody only if they were found and nobody is in them', async () => {
    expect(await read(BOTH)).toEqual([]);
  });

  it('are not known where they have another name or are hidden', async () => {
    expect(await read([aGroup('Projektauflistungsadministratoren')])).toEqual([
      anEditor(SERVICE_ACCOUNTS, { known: false }),
      anEditor(ADMINISTRATORS, { known: false }),
    ]);
  });

  it('are standing if somebody is in a group in it, and not for the accounts of the service', async () => {
    const members = {
      [`vssgp.${ADMINISTRATORS}`]: [
        `vssgp.${SERVICE_ACCOUNTS}`,
        'vssgp.team',
        'svc.build',
      ],
      [`vssgp.${SERVICE_ACCOUNTS}`]: ['svc.job', 'acs.x', 'vssgp.enterprise'],
      'vssgp.enterprise': ['aad.own'],
    };
    expect(await read(BOTH, members)).toEqual([]);
    expect(await read(BOTH, { ...members, 'vssgp.team': ['aad.ada'] })).toEqual(
      [anEditor(ADMINISTRATORS, { value: 'standing' })],
    );
  });

  it('are not known where one is in them of whom the service does not say what it is', async () => {
    expect(
      await read(BOTH, {
        [`vssgp.${ADMINISTRATORS}`]: ['svc.build', 'unusr.somebody'],
      }),
    ).toEqual([anEditor(ADMINISTRATORS, { known: false })]);
  });

  it('are not known where a group of Microsoft Entra is in them and nobody can be asked', async () => {
    expect(
      await read(BOTH, {
        [`vssgp.${ADMINISTRATORS}`]: ['aadgp.admins'],
        [`vssgp.${SERVICE_ACCOUNTS}`]: ['aadgp.service'],
      }),
    ).toEqual([
      anEditor(SERVICE_ACCOUNTS, { known: false }),
      anEditor(ADMINISTRATORS, { known: false }),
    ]);
  });
});

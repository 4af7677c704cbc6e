import { known } from 'backstage-plugin-pipeline-posture-common';
import { MemoryCheckpoints } from '../__testUtils__/collecting';
import { Source } from '../client/Source';
import { readCollectionGroups } from './readCollectionGroups';
import { Remembered } from './Remembered';

const read = (identities: object[]) =>
  readCollectionGroups({
    source: {
      list: async (name: string) =>
        known(name === 'identities' ? identities : []),
    } as unknown as Source,
    remembered: new Remembered(),
    cadence: {
      checkpoints: new MemoryCheckpoints(),
      now: new Date(),
      maxAgeMs: 0,
    },
  });

const aGroup = (name: string) => ({
  descriptor: 'd',
  subjectDescriptor: `vssgp.${name}`,
  providerDisplayName: `[contoso]\\${name}`,
  isContainer: true,
});

describe('groups of the organisation', () => {
  it('are nobody only if they were found and nobody is in them', async () => {
    expect(
      await read([
        aGroup('Project Collection Administrators'),
        aGroup('Project Collection Service Accounts'),
      ]),
    ).toEqual([]);
  });

  it('are not known where they have another name or are hidden', async () => {
    expect(await read([aGroup('Projektauflistungsadministratoren')])).toEqual([
      expect.objectContaining({
        administration: expect.objectContaining({ known: false }),
      }),
      expect.objectContaining({
        administration: expect.objectContaining({ known: false }),
      }),
    ]);
  });
});

import { known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { Source } from '../client/Source';
import { expandGroup, MemberRules } from './expandGroup';
import { Remembered } from './Remembered';

const REFUSED = unknown<never>({
  code: 'permission-missing',
  message: 'refused',
  actor: 'platform-team',
  action: 'allow it',
});

/** Members by group; a group that is not named is refused. */
function groups(members: Record<string, string[]>) {
  const asked: string[] = [];
  const source = {
    list: async (_: string, __: unknown, { path }: { path: any }) => {
      asked.push(path.descriptor);
      const found = members[path.descriptor];
      return found
        ? known(found.map(memberDescriptor => ({ memberDescriptor })))
        : REFUSED;
    },
  } as unknown as Source;
  const remembered = new Remembered();
  const expand = (rules: Partial<MemberRules> = {}, from = 'vssgp.admins') =>
    expandGroup(from, {
      source,
      remembered,
      rules: { isAccount: () => true, follows: () => true, ...rules },
    });
  return { asked, expand };
}

describe('members of a group', () => {
  it('are those of the groups in it too, each counted once', async () => {
    const { expand } = groups({
      'vssgp.admins': ['vssgp.leads', 'vssgp.team', 'aad.ada'],
      'vssgp.leads': ['aad.ada', 'aad.leo', 'aadgp.later'],
      'vssgp.team': ['vssgp.deep', 'aadgp.early'],
      'vssgp.deep': ['aad.dee', 'aadgp.early'],
    });
    expect(await expand()).toMatchObject({
      value: { accounts: 3, entraGroups: ['aadgp.early', 'aadgp.later'] },
    });
  });

  it('are found where groups are in each other in a circle, asking about each once, for others too', async () => {
    const { asked, expand } = groups({
      'vssgp.admins': ['vssgp.team'],
      'vssgp.team': ['vssgp.admins', 'aad.ada'],
    });
    expect(await expand()).toMatchObject({ value: { accounts: 1 } });
    expect(await expand({}, 'vssgp.team')).toMatchObject({
      value: { accounts: 1 },
    });
    expect(asked).toEqual(['vssgp.admins', 'vssgp.team']);
  });

  it('are unknown if one of the groups is not read', async () => {
    const { expand } = groups({ 'vssgp.admins': ['vssgp.secret'] });
    expect(await expand()).toEqual(REFUSED);
  });

  it('are unknown if one of the groups is not read and others hold groups of Microsoft Entra only', async () => {
    const { expand } = groups({
      'vssgp.admins': ['vssgp.secret', 'aadgp.admins'],
    });
    expect(await expand()).toEqual(REFUSED);
  });

  it('are decided by accounts, whatever is not read', async () => {
    const { expand } = groups({
      'vssgp.admins': ['vssgp.secret', 'vssgp.team'],
      'vssgp.team': ['aad.ada'],
    });
    expect(await expand()).toMatchObject({ value: { accounts: 1 } });
  });

  it.each(['unusr.Tm9ib2R5', 'ungrp.T3c', 'agg.x', 'new.x'])(
    'are unknown where one is of a kind that is not known, unless an account decides: %s',
    async member => {
      const { expand } = groups({
        'vssgp.admins': [member, 'aadgp.admins'],
        'vssgp.both': [member, 'aad.ada'],
      });
      expect(await expand()).toMatchObject({ known: false });
      expect(await expand({}, 'vssgp.both')).toMatchObject({
        value: { accounts: 1 },
      });
    },
  );

  it('are only those that the rules let count', async () => {
    const { asked, expand } = groups({
      'vssgp.admins': ['vssgp.service', 'svc.build', 'aadgp.admins'],
    });
    expect(
      await expand({
        isAccount: each => !each.startsWith('svc.'),
        follows: each => each !== 'vssgp.service',
      }),
    ).toMatchObject({ value: { accounts: 0, entraGroups: ['aadgp.admins'] } });
    expect(asked).toEqual(['vssgp.admins']);
  });

  it('are unknown where too many groups are in one another', async () => {
    const all = Array.from({ length: 300 }, (_, at) => `vssgp.${at}`);
    const { asked, expand } = groups({
      'vssgp.admins': ['vssgp.0'],
      ...Object.fromEntries(all.map((name, at) => [name, [`vssgp.${at + 1}`]])),
    });
    expect(await expand()).toMatchObject({ reason: { code: 'too-large' } });
    expect(asked.length).toBeLessThan(250);
  });
});

import { AwsConnection } from './AwsConnection';
import { readCredentialReport } from './credentialReport';
import { Limiter } from './Limiter';
import { memoizeCredentials } from './memoizeCredentials';
import { refusal } from './refusal';

function connect(signal = new AbortController().signal) {
  return AwsConnection.create({
    accountId: '111122223333',
    region: 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }),
    signal,
  });
}

describe('AwsConnection', () => {
  it('follows a list over empty pages to its end', async () => {
    const pages = [
      { items: [1], next: 'a' },
      { items: [], next: 'b' },
      { items: [2], next: undefined },
    ];
    const listed = await connect().list(
      'codepipeline:ListPipelines',
      'pipelines',
      async () => pages.shift() ?? { items: [], next: undefined },
    );
    expect(listed).toEqual({ items: [1, 2] });
  });

  it('stops when a list answers the same page for ever', async () => {
    let asked = 0;
    const listed = await connect().list(
      'codepipeline:ListPipelines',
      'pipelines',
      async () => {
        asked += 1;
        return { items: [asked], next: 'same' };
      },
    );
    expect(listed.items).toEqual([1, 2]);
  });

  it('keeps what came before a page without answer, and says that it is not all', async () => {
    const listed = await connect().list(
      'codepipeline:ListPipelines',
      'pipelines',
      async next => {
        if (next)
          throw Object.assign(new Error('secret detail'), {
            name: 'AccessDeniedException',
          });
        return { items: ['first'], next: 'second' };
      },
    );
    expect(listed).toMatchObject({
      items: ['first'],
      incomplete: {
        code: 'permission-missing',
        permission: 'codepipeline:ListPipelines',
      },
    });
    expect(JSON.stringify(listed)).not.toContain('secret detail');
  });

  it('makes at most five calls at once', async () => {
    const connection = connect();
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 40 }, () =>
        connection.call('codepipeline:GetPipeline', 'pipeline', async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(resolve => {
            setTimeout(resolve, 1);
          });
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(5);
  });

  it('ends with the run, instead of taking the end for a refusal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('the run was ended'));
    await expect(
      connect(controller.signal).call(
        'codepipeline:GetPipeline',
        'pipeline',
        async () => 1,
      ),
    ).rejects.toThrow('the run was ended');
  });
});

describe('Limiter', () => {
  it('goes on after a task that fails', async () => {
    const limiter = new Limiter(1);
    await expect(
      limiter.run(async () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(await limiter.run(async () => 'yes')).toBe('yes');
  });
});

describe('memoizeCredentials', () => {
  it('asks once until shortly before they end, and again after a failure', async () => {
    let now = 0;
    let asked = 0;
    const provide = memoizeCredentials(
      async () => {
        asked += 1;
        if (asked === 1) throw new Error('refused');
        return {
          accessKeyId: `key-${asked}`,
          secretAccessKey: 's',
          expiration: new Date(now + 3_600_000),
        };
      },
      () => now,
    );
    await expect(provide()).rejects.toThrow('refused');
    expect((await provide()).accessKeyId).toBe('key-2');
    now = 3_200_000;
    expect((await provide()).accessKeyId).toBe('key-2');
    now = 3_400_000;
    expect((await provide()).accessKeyId).toBe('key-3');
  });
});

describe('refusal', () => {
  const call = {
    operation: 'iam:GetAccountAuthorizationDetails',
    permission: 'iam:GetAccountAuthorizationDetails',
    accountId: '111122223333',
    region: 'eu-west-1',
    subject: 'the roles',
  };

  it.each<[string, object, string]>([
    ['AccessDenied', { name: 'AccessDenied' }, 'permission-missing'],
    ['an expired token', { name: 'ExpiredToken' }, 'permission-missing'],
    ['throttling', { name: 'ThrottlingException' }, 'throttled'],
    [
      'too many requests by status',
      { name: 'Odd', $metadata: { httpStatusCode: 429 } },
      'throttled',
    ],
    [
      'something that does not exist',
      { name: 'ProjectNotFoundException' },
      'not-found',
    ],
    ['NoSuchBucket', { name: 'NoSuchBucket' }, 'not-found'],
    ['a page that is no JSON', { name: 'SyntaxError' }, 'source-unreachable'],
    [
      'a refused connection',
      { name: 'Error', code: 'ECONNREFUSED' },
      'source-unreachable',
    ],
    ['nothing at all', {}, 'source-unreachable'],
  ])('names the reason of %s, and who acts', (_what, error, code) => {
    const reason = refusal(error, call);
    expect(reason).toMatchObject({ code, call: call.operation });
    expect(reason.action.length).toBeGreaterThan(10);
  });

  it('never repeats the message of an error', () => {
    const error = Object.assign(new Error('token abc123'), { name: 'Weird' });
    expect(JSON.stringify(refusal(error, call))).not.toContain('abc123');
    expect(refusal('text', call).code).toBe('source-unreachable');
  });
});

describe('readCredentialReport', () => {
  const head =
    'user,arn,access_key_1_active,access_key_1_last_rotated,access_key_2_active';

  it('finds active keys with their age', () => {
    const csv = `${head}\nann,arn:ann,true,2026-01-02T03:04:05+00:00,false\nbob,arn:bob,false,N/A,true`;
    expect(readCredentialReport(csv)).toMatchObject({
      known: true,
      value: [
        { userArn: 'arn:ann', rotatedAt: '2026-01-02T03:04:05.000Z' },
        { userArn: 'arn:bob', rotatedAt: undefined },
      ],
    });
  });

  it.each(['', '<html></html>', 'user,arn'])(
    'does not take "%s" for a report without keys',
    csv => {
      expect(readCredentialReport(csv)).toMatchObject({
        known: false,
        reason: { code: 'malformed' },
      });
    },
  );
});

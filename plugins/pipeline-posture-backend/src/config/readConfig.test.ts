import { ConfigReader } from '@backstage/config';
import { readConfig } from './readConfig';

const read = (pipelinePosture: object) =>
  readConfig(
    new ConfigReader({ pipelinePosture: pipelinePosture as never }),
    new Set(['production-needs-approval']),
  );

describe('readConfig', () => {
  it('has defaults for everything', () => {
    const config = readConfig(new ConfigReader({}), new Set());
    expect(config).toMatchObject({
      collectEveryMs: 6 * 3600_000,
      scoring: { minimumCoverage: 70, complianceBar: ['critical', 'high'] },
    });
  });

  it.each([
    [
      { colector: {} },
      /pipelinePosture: there is no key 'colector' here; did you mean 'collector'\? The keys are collector, .*, controls, azureDevOps, aws,/,
    ],
    [
      { collector: { collectevery: { hours: 1 } } },
      /pipelinePosture\.collector: there is no key 'collectevery' here; did you mean 'collectEvery'\? The keys are collectEvery, discoverEvery, linkEvery, scopesAtOnce, lease$/,
    ],
    [
      { collector: { speed: 3, leese: {} } },
      /there is no key 'speed' here\. there is no key 'leese' here; did you mean 'lease'\?/,
    ],
    [
      { collector: { collectEvery: { hour: 6 } } },
      /collector\.collectEvery: .*did you mean 'hours'\? The keys are days, hours, minutes, seconds/,
    ],
    [
      { exemptions: { defaultDays: { hihg: 3 } } },
      /exemptions\.defaultDays: .*did you mean 'high'\?/,
    ],
    [
      { collector: { collectEvery: '6h' } },
      /pipelinePosture\.collector\.collectEvery: must be a duration, as in \{ hours: 6 \}/,
    ],
    [
      { collector: { collectEvery: {} } },
      /collectEvery: must be at least one second/,
    ],
    [
      { collector: { scopesAtOnce: 0 } },
      /pipelinePosture\.collector\.scopesAtOnce/,
    ],
    [
      { scoring: { dimensionWeights: { speed: 1 } } },
      /dimensionWeights.*speed/,
    ],
    [
      { scoring: { complianceBar: ['awful'] } },
      /pipelinePosture\.scoring\.complianceBar\[0\]/,
    ],
    [
      {
        controls: [
          { id: 'no-such', disabled: true, reason: 'because we say so' },
        ],
      },
      /controls\[0\]\.id: there is no control 'no-such'/,
    ],
    [
      {
        controls: [
          { id: 'production-needs-approval', disabled: true, reason: 'x' },
        ],
      },
      /controls\[0\]\.reason.*why/,
    ],
  ])('names the key that is wrong in %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });

  it('refuses weights that leave nothing to score', () => {
    const none = Object.fromEntries(
      [
        'least-privilege',
        'credential-type',
        'identity-separation',
        'approval-gates',
        'branch-protection',
        'tamper-resistance',
        'input-validation',
        'monitoring',
      ].map(d => [d, 0]),
    );
    expect(() => read({ scoring: { dimensionWeights: none } })).toThrow(
      /at least one weight/,
    );
  });

  it('takes what the operator chose', () => {
    const config = read({
      collector: { collectEvery: { minutes: 30 } },
      scoring: { dimensionWeights: { monitoring: 50 } },
      controls: [
        {
          id: 'production-needs-approval',
          disabled: true,
          reason: 'approved in another tool',
        },
      ],
    });
    expect(config.collectEveryMs).toBe(30 * 60_000);
    expect(config.scoring.dimensionWeights).toMatchObject({
      monitoring: 50,
      'least-privilege': 20,
    });
    expect(config.disabledControls.get('production-needs-approval')).toBe(
      'approved in another tool',
    );
  });
});

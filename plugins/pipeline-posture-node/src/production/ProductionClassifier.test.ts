import { ConfigReader } from '@backstage/config';
import { ProductionClassifier } from './ProductionClassifier';

const classifierWith = (production: object = {}) =>
  ProductionClassifier.fromConfig(
    new ConfigReader({ pipelinePosture: { production } }),
  );

function tierOf(names: string[], tags?: { [key: string]: string }) {
  const fact = classifierWith().classify({ names, tags, subject: 'a stage' });
  return fact.known ? fact.value : fact.reason.code;
}

describe('ProductionClassifier', () => {
  it.each([
    'prod',
    'Production',
    'payments-prod-eu',
    'PaymentsProd',
    'DeployPRD',
    'live',
    'Production stage',
    'prod01',
  ])('reads %s as production', name => {
    expect(tierOf([name])).toBe('production');
  });

  it.each([
    'nonprod',
    'non-prod',
    'pre-prod',
    'PreProd',
    'preproduction',
    'non_production',
    'staging',
    'stage',
    'dev',
    'qa2',
  ])('reads %s as non-production', name => {
    expect(tierOf([name])).toBe('non-production');
  });

  it.each(['product-api', 'reproduce', 'deliver', 'payments', 'prod-test', ''])(
    'does not guess for %s',
    name => {
      expect(tierOf([name])).toBe('not-classified');
    },
  );

  it('does not decide when the names of a target disagree', () => {
    expect(tierOf(['Production', 'payments-staging'])).toBe('not-classified');
  });

  it('believes a tag before a name', () => {
    expect(tierOf(['payments-staging'], { environment: 'production' })).toBe(
      'production',
    );
  });

  it('believes the operator before all else', () => {
    const classifier = classifierWith({
      names: ['111122223333'],
      nonProductionNames: ['Prod-Lookalike'],
    });
    const classify = (names: string[]) =>
      classifier.classify({ names, subject: 'x' });
    expect(classify(['deploy-test', '111122223333'])).toMatchObject({
      known: true,
      value: 'production',
    });
    expect(classify(['prod-lookalike'])).toMatchObject({
      value: 'non-production',
    });
  });

  it('says which setting would decide', () => {
    const fact = classifierWith().classify({
      names: ['blue'],
      subject: 'stage blue',
    });
    expect(fact).toMatchObject({
      known: false,
      reason: {
        action: expect.stringContaining('pipelinePosture.production.names'),
      },
    });
  });

  it('refuses a name that is mapped to both tiers', () => {
    expect(() =>
      classifierWith({ names: ['x'], nonProductionNames: ['X'] }),
    ).toThrow(/pipelinePosture\.production: 'X'/);
  });
});

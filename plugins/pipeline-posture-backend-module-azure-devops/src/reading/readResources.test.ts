import { readYaml } from '../__testUtils__/readYaml';

describe('connections that resources take', () => {
  const connectionsOf = (text: string, others = {}) =>
    readYaml(text, others).connections.map(({ name, forCode, undecided }) => [
      name,
      forCode,
      undecided,
    ]);

  it('are those of every kind of resource', () => {
    expect(
      connectionsOf(`resources:
  repositories:
  - { repository: t, type: github, name: o/t, endpoint: github }
  - { repository: own, type: git, name: Shop/own }
  packages:
  - { package: p, type: npm, connection: feed, name: o/p }
  webhooks:
  - { webhook: w, connection: hook }
  containers:
  - { container: c, type: ACR, azureSubscription: arm, registry: r }
  - { container: d, image: x, endpoint: registry }
  pipelines:
  - { pipeline: b, source: build, trigger: true }
steps: [{ script: x }]
`),
    ).toEqual([
      ['github', true, false],
      ['feed', false, false],
      ['hook', false, false],
      ['arm', false, false],
      ['registry', false, false],
    ]);
  });

  it('are those of the template as well that the pipeline extends', () => {
    expect(
      connectionsOf(
        `resources:
  webhooks: [{ webhook: w, connection: hook }]
  containers: [{ container: d, image: x, endpoint: registry }]
extends: { template: t.yml }
`,
        {
          '/t.yml': `resources:
  webhooks: [{ webhook: v, connection: other-hook }]
steps: [{ script: x }]
`,
        },
      ).map(([name]) => name),
    ).toEqual(['hook', 'other-hook', 'registry']);
  });

  it('are not known where the run decides them', () => {
    expect(
      connectionsOf(`resources:
  packages:
  - { package: p, type: npm, connection: $(feed), name: o/p }
steps: [{ script: x }]
`),
    ).toEqual([['$(feed)', false, true]]);
  });

  it('are none where there are no resources', () => {
    expect(connectionsOf('steps: [{ script: x }]')).toEqual([]);
  });
});

import { changePipelineFiles, generateAzureOrganisation } from './generate';

const SIZE = {
  seed: 7,
  projects: 3,
  pipelines: 20,
  repositories: 5,
  connections: 7,
  environments: 4,
  releases: 2,
};

describe('a generated organisation', () => {
  it('has the size that was asked for', () => {
    const { projects } = generateAzureOrganisation(SIZE);
    const sum = (count: (each: (typeof projects)[number]) => number) =>
      projects.reduce((all, each) => all + count(each), 0);
    expect(projects).toHaveLength(3);
    expect(sum(each => each.pipelines.length)).toBe(20);
    expect(sum(each => each.repositories.length)).toBe(5);
    expect(sum(each => each.serviceConnections.length)).toBe(7);
    expect(sum(each => each.environments.length)).toBe(4);
    expect(sum(each => each.releases.length)).toBe(2);
  });

  it('is the same for the same seed and another one for another', () => {
    const text = (seed: number) =>
      JSON.stringify(generateAzureOrganisation({ ...SIZE, seed }));
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  it('changes the share of files that is asked for', () => {
    const state = generateAzureOrganisation({ ...SIZE, pipelines: 100 });
    expect(changePipelineFiles(state, 0.05)).toBe(5);
  });
});

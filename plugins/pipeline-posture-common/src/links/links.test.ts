import { Entity } from '@backstage/catalog-model';
import { known } from '../model';
import { linkKeysOfPipeline, linksOfEntity, normaliseRepositoryUrl } from '.';

const entityWith = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', annotations },
});

const pipelineKeys = new Set(
  linkKeysOfPipeline({
    locators: [
      {
        annotation: 'dev.azure.com/project-repo',
        value: 'Shop/shop-api',
        hostOrganisation: 'dev.azure.com/contoso',
        definition: 'shop-deploy',
      },
      { annotation: 'dev.azure.com/project', value: 'Shop' },
      {
        annotation: 'aws.amazon.com/aws-codepipeline-tags',
        value: 'team=shop',
      },
    ],
    sources: known([
      {
        id: 'self',
        kind: 'repository',
        host: 'azure-repos',
        name: 'Shop/shop-api',
        url: 'https://dev.azure.com/contoso/Shop/_git/shop-api',
        role: 'application',
        protection: known('not-applicable'),
        bypassers: known([]),
      },
    ]),
  }),
);

const matches = (annotations: Record<string, string>) =>
  linksOfEntity(entityWith(annotations)).targets.some(target =>
    target.keys.every(key => pipelineKeys.has(key)),
  );

describe('links between entities and pipelines', () => {
  it.each([
    [{ 'dev.azure.com/project-repo': 'shop/Shop-API' }],
    [
      {
        'dev.azure.com/project-repo': 'Shop/shop-api',
        'dev.azure.com/host-org': 'dev.azure.com/contoso',
      },
    ],
    [
      {
        'dev.azure.com/project-repo': 'Shop/shop-api',
        'dev.azure.com/build-definition': 'other, shop-deploy',
      },
    ],
    [
      {
        'dev.azure.com/project': 'Shop',
        'dev.azure.com/build-definition': 'shop-deploy',
      },
    ],
    [{ 'aws.amazon.com/aws-codepipeline-tags': 'team=shop' }],
    [
      {
        'backstage.io/source-location':
          'url:https://dev.azure.com/contoso/Shop/_git/shop-api?path=/src',
      },
    ],
    [
      {
        'backstage.io/source-location':
          'url:https://contoso.visualstudio.com/Shop/_git/shop-api',
      },
    ],
  ])('finds the pipeline by %j', annotations => {
    expect(matches(annotations as Record<string, string>)).toBe(true);
  });

  it.each([
    [{ 'dev.azure.com/project-repo': 'Shop/other' }],
    [
      {
        'dev.azure.com/project-repo': 'Shop/shop-api',
        'dev.azure.com/host-org': 'dev.azure.com/other',
      },
    ],
    [
      {
        'dev.azure.com/project-repo': 'Shop/shop-api',
        'dev.azure.com/build-definition': 'other',
      },
    ],
    [{ 'aws.amazon.com/aws-codepipeline-tags': 'team=shop,env=live' }],
    [
      {
        'backstage.io/source-location':
          'url:https://github.com/contoso/shop-api',
      },
    ],
    // An annotation that people wrote for the purpose is believed before the source location.
    [
      {
        'dev.azure.com/project-repo': 'Shop/other',
        'backstage.io/source-location':
          'url:https://dev.azure.com/contoso/Shop/_git/shop-api',
      },
    ],
  ])('does not find it by %j', annotations => {
    expect(matches(annotations as Record<string, string>)).toBe(false);
  });

  it.each([
    [
      { 'dev.azure.com/project-repo': 'only-a-repo' },
      /<project>\/<repository>/,
    ],
    [{ 'dev.azure.com/project': 'Shop' }, /build-definition/],
    [
      { 'dev.azure.com/build-definition': 'shop-deploy' },
      /dev\.azure\.com\/project/,
    ],
    [{ 'aws.amazon.com/aws-codepipeline-arn': 'shop' }, /arn:aws:codepipeline/],
    [{ 'aws.amazon.com/aws-codepipeline-tags': 'team' }, /<key>=<value>/],
  ])('says how to write %j', (annotations, problem) => {
    const links = linksOfEntity(
      entityWith(annotations as Record<string, string>),
    );
    expect(links.targets).toEqual([]);
    expect(links.malformed[0].problem).toMatch(problem);
  });
});

describe('normaliseRepositoryUrl', () => {
  it.each([
    [
      'https://user@dev.azure.com/Contoso/Shop/_git/Api',
      'dev.azure.com/contoso/shop/_git/api',
    ],
    [
      'https://dev.azure.com/contoso/_git/shop',
      'dev.azure.com/contoso/shop/_git/shop',
    ],
    [
      'https://contoso.visualstudio.com/DefaultCollection/Shop/_git/Api',
      'dev.azure.com/contoso/shop/_git/api',
    ],
    [
      'url:https://github.com/contoso/shop/tree/main/src',
      'github.com/contoso/shop',
    ],
    ['https://github.com/contoso/shop.git', 'github.com/contoso/shop'],
    ['https://gitlab.com/a/b/c/-/tree/main', 'gitlab.com/a/b/c'],
    [
      'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop',
      'git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop',
    ],
    ['ftp://x/y/z', undefined],
    ['nonsense', undefined],
    ['https://github.com/contoso', undefined],
    ['https://github.com/%ZZ/shop', undefined],
  ])('reads %s', (address, expected) => {
    expect(normaliseRepositoryUrl(address)).toBe(expected);
  });
});

import { growthOf, LINEAR } from 'pipeline-posture-estate';
import { SecretScanner } from './SecretScanner';

const scanner = new SecretScanner();
const shaped = (...parts: string[]) => parts.join('');

describe('SecretScanner', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2-hunter2'],
    ['dbPassword', 'correct horse'],
    ['API_KEY', 'abc123def456'],
    ['ClientSecret', '4d5e6f'],
    ['innocent', shaped('AKIA', 'ABCDEFGHIJKLMNOP')],
    ['innocent', shaped('ghp_', 'a'.repeat(36))],
    ['url', 'https://user:pass@example.com/x'],
    ['conn', 'Server=db;User Id=sa;Password=abc123'],
    ['pat', 'a2'.repeat(26)],
    ['storage', shaped('AccountKey=', 'b'.repeat(86), '==')],
    ['DATABASE_URL', 'postgres://shop:hunter2@db.example.com/shop'],
    ['conn', 'Server=db;Password=#hunter2;Encrypt=true'],
    ['ConnectionString', 'Server=$(db);Password=hunter2'],
    ['adminPassword', 'hunter2-$(Build.BuildId)'],
    ['adminPassword', 'hunter2$(System.JobId)'],
    ['password', 'not a $variable'],
    ['remote', 'https://build:*hunter2@example.com/shop'],
    ['password', 'hunter2${{ variables.x }}'],
    ['password', '${{ variables.x }}-hunter2'],
    ['password', 'hunter2$(suffix)'],
    ['password', '$(prefix)hunter2$(suffix)'],
    ['password', '${{ variables.x }}hunter2${{ variables.y }}'],
    ['password', 'S3cret!#{Vars.Suffix}'],
    ['apiKey', 'abc123def456${{ variables.x }}'],
    ['innocent', shaped('${{ x }}', 'AKIA', 'ABCDEFGHIJKLMNOP', '${{ y }}')],
    ['innocent', shaped('$(a)', 'ghp_', 'a'.repeat(36), '$(b)')],
    ['innocent', shaped("${{ coalesce(x, 'AKIA", "ABCDEFGHIJKLMNOP') }}")],
    ['conn', 'Server=db;Password=hunter2;Database=#{Vars.Name}'],
    ['conn', 'Server=${{ x }};Password=hunter2;Database=${{ y }}'],
  ])('sees a secret in %s', (name, value) => {
    expect(scanner.matchSetting(name, value)).toBeDefined();
  });

  it.each([
    ['DB_PASSWORD', '$(dbPasswordFromVault)'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', null],
    ['DB_PASSWORD', '${{ parameters.password }}'],
    ['token', '#{SourceVariables.Token}'],
    ['SECRET_ARN', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x'],
    ['tokenUrl', 'login.example.com'],
    ['passwordPolicy', 'strong-passwords'],
    ['useSecret', 'true'],
    ['secretName', 'database'],
    ['buildConfiguration', 'Release'],
    ['endpoint', 'https://example.com/token'],
    ['SecretsFilter', 'signing-key,signing-password'],
    ['SECRETS', '[]'],
    ['ConnectionString', 'Server=db;User Id=sa;Password=$(dbPassword);'],
    ['secretArguments', '--from-literal=key=$(key)'],
    ['authToken', 'Bearer $(System.AccessToken)'],
    ['tokenPrefix', '#{'],
    ['tokenSuffix', '}#'],
    ['tokenPattern', 'octopus'],
    ['DB_PASSWORD', '__DB_PASSWORD__'],
    ['conn', 'Server=db;User Id=sa;Password=#{dbPassword}#'],
    ['conn', 'Server=db;Password={0};Encrypt=true'],
    ['remote', 'https://build:%PAT%@example.com/shop'],
    ['remote', 'https://build:{token}@example.com/shop'],
    ['password', '${{ parameters.a }}${{ parameters.b }}'],
    ['password', '${{ parameters.a }}-$(b)'],
    ['password', '$(${{ parameters.stage }}-Password1)'],
    ['password', "${{ variables['Password-of-stage-1'] }}"],
    ['password', '${{ coalesce(parameters.a, variables.password1) }}'],
    ['password', '$(cat $(Agent.TempDirectory)/password1)'],
    ['DB_PASSWORD', '$[variables.password1]'],
    ['registryCredential', 'acr-${{ parameters.stage }}'],
    ['registryCredential', 'sc-westeurope2-${{ parameters.stage }}'],
    ['imagePullSecret', 'acr2024-$(stage)'],
    ['serviceCredential', 'svc-deploy01-${{ parameters.stage }}'],
    ['githubToken', 'shop.github.token-${{ parameters.stage }}'],
    ['clientSecret', 'https://kv-${{ x }}.vault.azure.net/secrets/client1'],
    ['ConnectionString', 'AccountName=stprod01${{ x }};AccountKey=$(key)'],
    ['secret', '@Microsoft.KeyVault(VaultName=kv${{ x }};SecretName=a)'],
    ['SECRET', 'prefix-{{resolve:secretsmanager:db:SecretString:password}}'],
  ])('sees none in %s = %s', (name, value) => {
    expect(scanner.matchSetting(name, value)).toBeUndefined();
  });

  it('never returns the value', () => {
    expect(
      JSON.stringify(scanner.matchSetting('DB_PASSWORD', 'hunter2-hunter2')),
    ).not.toContain('hunter2');
  });

  it('removes what has the shape of a secret from a text, each time it stands there', () => {
    const key = shaped('AKIA', 'ABCDEFGHIJKLMNOP');
    const text = scanner.redact(`first ${key}, second ${key}`);
    expect(text).not.toContain(key);
    expect(text).toMatch(/first .* second /);
  });
});

describe('a text that is made to be much work', () => {
  it.each([
    'eyJ.',
    'eyJ-',
    'eyJaaaaaaaaaa.',
    '#{',
    'a:',
    'a://',
    'a://b:',
    '-----BEGIN ',
    ';password=',
    'glpat-',
    '&sig=',
    'AccountKey=',
    '$(',
    '${{ ',
    '${{ a }}',
    '${{ a }',
    '#{a',
    '{{resolve:',
    '$(a)',
    '<',
  ])('takes work that grows with its length: %s, over and over', unit => {
    expect(
      growthOf(
        200_000,
        size => unit.repeat(Math.floor(size / unit.length)),
        text => {
          scanner.matchSetting('value', text);
          scanner.matchText(text);
        },
      ),
    ).toBeLessThan(LINEAR);
  });
});

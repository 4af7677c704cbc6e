import { ranBy } from './taskInputs';

const told = (inputs: Record<string, string>) => (name: string) => inputs[name];

describe('what a task runs', () => {
  it.each([
    ['Bash@3', { script: 'make' }, 'make'],
    ['Npm@1', { command: 'custom', customcommand: 'audit' }, 'npm audit'],
    ['Npm@1', { command: 'ci', customcommand: 'audit' }, undefined],
    ['Yarn@3', { arguments: 'install' }, 'yarn install'],
    [
      'DotNetCoreCLI@2',
      { command: 'custom', custom: 'list', arguments: 'package' },
      'dotnet list package',
    ],
    [
      'DotNetCoreCLI@2',
      { command: 'test', arguments: '-c Release' },
      undefined,
    ],
    [
      'Maven@4',
      {
        goals: 'verify dependency-check:check',
        options: '-DfailBuildOnCVSS=7',
      },
      'mvn verify dependency-check:check -DfailBuildOnCVSS=7',
    ],
    ['Maven@4', { options: '-B' }, undefined],
    [
      'Gradle@3',
      { tasks: 'build', options: '-x test' },
      'gradle build -x test',
    ],
    ['Docker@2', { command: 'custom', arguments: 'x' }, undefined],
  ])('%s %j', (task, inputs, script) => {
    expect(ranBy(task, told(inputs))).toBe(script);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { azureDevOpsControls } from '.';

describe.each(
  azureDevOpsControls.map(control => [control.id, control] as const),
)('%s', (id, control) => {
  it('has a file and a test of its own', () => {
    expect(existsSync(join(__dirname, `${id}.ts`))).toBe(true);
    const test = readFileSync(join(__dirname, `${id}.test.ts`), 'utf8');
    for (const status of ['pass', 'fail', 'unknown'])
      expect(test).toContain(`'${status}'`);
  });

  it('says why it matters, what it measures and how to mend it', () => {
    expect(control.why).toMatch(/attacker/);
    expect(control.measure).toMatch(/Fails/);
    expect(control.measure).toMatch(/Passes/);
    expect(control.measure).toMatch(/Unknown if/);
    const { docsUrl, steps } = control.remediation['azure-devops'];
    expect(new URL(docsUrl).host).toBe('learn.microsoft.com');
    expect(steps.length).toBeGreaterThan(1);
  });

  it('is for Azure DevOps alone', () => {
    expect(Object.keys(control.remediation)).toEqual(['azure-devops']);
  });
});

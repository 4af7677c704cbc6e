import { runsProgram } from './isRun';

const SYFT = /\bsyft\s/;

describe('programs that a script runs', () => {
  it.each([
    'syft shop:1 -o spdx-json',
    'set -e\ncd src && syft dir:.',
    'docker run --rm anchore/syft:v1 syft shop:1',
    'bash -c "syft shop:1"',
    'OUT="a b" syft shop:1',
  ])('are seen: %j', script => {
    expect(runsProgram(script, SYFT)).toBe(true);
  });

  it.each([
    'pip install syft -q',
    '# syft shop:1',
    'make # then syft shop:1',
    'echo "syft shop:1"',
    'syft --version',
    'syft version',
    'which syft ',
    'cat <<EOF\nsyft shop:1\nEOF',
  ])('are not where they do not run: %j', script => {
    expect(runsProgram(script, SYFT)).toBe(false);
  });
});

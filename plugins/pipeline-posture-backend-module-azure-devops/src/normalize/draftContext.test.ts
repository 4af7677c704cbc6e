import { settable } from './draftContext';

describe('variables that may be set when a run starts', () => {
  it('are those that are marked so, secret ones as well', () => {
    expect(
      settable({
        a: { value: 'x', isSecret: false, allowOverride: true },
        b: { value: undefined, isSecret: true, allowOverride: true },
        c: { value: 'x', isSecret: undefined, allowOverride: undefined },
      }),
    ).toEqual(['a', 'b']);
  });
});

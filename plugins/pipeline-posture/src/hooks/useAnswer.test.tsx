import { act, renderHook, waitFor } from '@testing-library/react';
import { useAnswer } from './useAnswer';

describe('an answer of the server', () => {
  const broken = new Error('broken');
  let fails: string[];
  beforeEach(() => {
    fails = [];
  });
  const ask = (key: string, keep?: boolean | 'on-error') =>
    renderHook(
      props =>
        useAnswer(
          props.key,
          async () => {
            if (fails.includes(props.key)) throw broken;
            return `answer to ${props.key}`;
          },
          { keep },
        ),
      { initialProps: { key } },
    );
  const answered = async (asked: ReturnType<typeof ask>) => {
    await waitFor(() => expect(asked.result.current.pending).toBe(false));
    return asked.result.current;
  };

  it.each([undefined, true])(
    'is never shown as that to another question, which failed (keep: %s)',
    async keep => {
      fails = ['b'];
      const asked = ask('a', keep);
      expect(await answered(asked)).toMatchObject({ value: 'answer to a' });
      asked.rerender({ key: 'b' });
      expect(asked.result.current.value).toBe(keep && 'answer to a');
      expect(await answered(asked)).toMatchObject({
        value: undefined,
        error: broken,
      });
    },
  );

  it('stays where asking the same again fails', async () => {
    const asked = ask('a');
    await answered(asked);
    fails = ['a'];
    act(() => asked.result.current.reload());
    expect(asked.result.current).toMatchObject({ pending: true });
    expect(await answered(asked)).toMatchObject({
      value: 'answer to a',
      error: broken,
    });
  });

  it('stays beside the error of another question for who asks for that', async () => {
    fails = ['b'];
    const asked = ask('a', 'on-error');
    await answered(asked);
    asked.rerender({ key: 'b' });
    expect(await answered(asked)).toMatchObject({
      value: 'answer to a',
      error: broken,
    });
  });

  it('is that to the last question, also after one that failed', async () => {
    fails = ['b'];
    const asked = ask('a', true);
    await answered(asked);
    asked.rerender({ key: 'b' });
    await answered(asked);
    asked.rerender({ key: 'a' });
    expect(asked.result.current).toMatchObject({
      value: undefined,
      error: undefined,
      pending: true,
    });
    expect(await answered(asked)).toMatchObject({ value: 'answer to a' });
  });
});

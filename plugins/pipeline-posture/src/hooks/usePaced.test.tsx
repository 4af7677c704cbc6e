import { act, renderHook } from '@testing-library/react';
import { usePaced } from './usePaced';

describe('asking again as signals come', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const paced = (pending: boolean) => {
    const reload = jest.fn();
    const hook = renderHook(props => usePaced(reload, props.pending), {
      initialProps: { pending },
    });
    return { reload, ...hook };
  };
  const pass = (ms: number) => act(() => jest.advanceTimersByTime(ms));

  it('gives up no request that is under way, and asks once after it', () => {
    const { reload, result, rerender } = paced(true);
    for (let i = 0; i < 12; i += 1) result.current();
    pass(10_000);
    expect(reload).not.toHaveBeenCalled();
    rerender({ pending: false });
    expect(reload).toHaveBeenCalledTimes(1);
    pass(10_000);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('asks at once, then at most every two seconds, and for the last signal too', () => {
    const { reload, result } = paced(false);
    for (let i = 0; i < 36; i += 1) {
      result.current();
      pass(100);
    }
    expect(reload).toHaveBeenCalledTimes(2);
    pass(400);
    expect(reload).toHaveBeenCalledTimes(3);
    pass(10_000);
    expect(reload).toHaveBeenCalledTimes(3);
  });

  it('asks no more once it is gone', () => {
    const { reload, result, unmount } = paced(false);
    result.current();
    result.current();
    unmount();
    pass(10_000);
    expect(reload).toHaveBeenCalledTimes(1);
  });
});

import { act, renderHook } from '@testing-library/react';
import { useTyping } from './useTyping';

describe('a text that is told when the typing stops', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const field = (onTyped: jest.Mock) =>
    renderHook(props => useTyping(props.value, props.onTyped), {
      initialProps: { value: '', onTyped },
    });

  it('is told once, to whoever listens by then', () => {
    const [before, now] = [jest.fn(), jest.fn()];
    const { result, rerender } = field(before);
    act(() => result.current[1]('p'));
    act(() => result.current[1]('pay'));
    rerender({ value: '', onTyped: now });
    act(() => jest.advanceTimersByTime(300));
    expect(result.current[0]).toBe('pay');
    expect(now.mock.calls).toEqual([['pay']]);
    expect(before).not.toHaveBeenCalled();
  });

  it('follows what changes elsewhere, but not what was told while somebody types on', () => {
    const { result, rerender } = field(jest.fn());
    act(() => result.current[1]('pay'));
    act(() => jest.advanceTimersByTime(300));
    act(() => result.current[1]('payments'));
    rerender({ value: 'pay', onTyped: jest.fn() });
    expect(result.current[0]).toBe('payments');
    rerender({ value: 'orders', onTyped: jest.fn() });
    expect(result.current[0]).toBe('orders');
  });
});

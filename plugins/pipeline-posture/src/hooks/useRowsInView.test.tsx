import { act, fireEvent, render, screen } from '@testing-library/react';
import { useRowsInView } from './useRowsInView';

function List(props: {
  total: number;
  first: number;
  soon: number;
  upTo?: number;
}) {
  const rows = useRowsInView({ ...props, rowPx: 40 });
  return (
    <ul>
      {Array.from({ length: rows.shown }, (_, i) => (
        <li key={i}>{i}</li>
      ))}
      {rows.room > 0 && (
        <li ref={rows.rest} hidden style={{ blockSize: rows.room }} />
      )}
    </ul>
  );
}

const shown = () => screen.getAllByRole('listitem').length;

describe('the rows of a list that are drawn', () => {
  let comesNear: () => void = () => {};
  beforeEach(() => {
    jest.useFakeTimers();
    window.IntersectionObserver = class {
      constructor(heard: IntersectionObserverCallback) {
        comesNear = () =>
          heard(
            [{ isIntersecting: true } as IntersectionObserverEntry],
            this as unknown as IntersectionObserver,
          );
      }
      observe() {}
      disconnect() {}
    } as unknown as typeof IntersectionObserver;
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(window, 'IntersectionObserver');
  });
  const afterPaint = () => act(() => jest.advanceTimersByTime(100));

  it('are the first few, then a short list whole', () => {
    render(<List total={20} first={4} soon={25} />);
    expect(shown()).toBe(4);
    afterPaint();
    expect(shown()).toBe(20);
  });

  it('are, of a long list, those that come near, and stay', () => {
    render(<List total={200} first={4} soon={25} />);
    afterPaint();
    expect(shown()).toBe(25);
    act(() => comesNear());
    const now = shown();
    expect(now).toBeGreaterThan(25);
    expect(now).toBeLessThan(200);
    act(() => comesNear());
    expect(shown()).toBeGreaterThan(now);
  });

  it('keep one that was open when it is closed, for the focus', () => {
    const sizes = { total: 200, first: 4, soon: 25 };
    const { rerender } = render(<List {...sizes} upTo={60} />);
    afterPaint();
    expect(shown()).toBe(60);
    rerender(<List {...sizes} upTo={0} />);
    expect(shown()).toBe(60);
  });

  it.each([
    ['somebody prints', () => fireEvent(window, new Event('beforeprint'))],
    [
      'somebody searches in the page',
      () => fireEvent.keyDown(window, { key: 'f', ctrlKey: true }),
    ],
  ])('are all as soon as %s', (_, act_) => {
    render(<List total={200} first={4} soon={25} />);
    afterPaint();
    act_();
    expect(shown()).toBe(200);
  });

  it('are all where there is no viewport', () => {
    Reflect.deleteProperty(window, 'IntersectionObserver');
    render(<List total={200} first={4} soon={25} />);
    expect(shown()).toBe(200);
  });
});

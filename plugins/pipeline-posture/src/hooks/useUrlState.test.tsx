import { act, renderHook } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { MemoryRouter, useLocation, useNavigate } from 'react-router-dom';
import {
  manyOf,
  oneOf,
  text,
  UrlSchema,
  useUrlState,
  whole,
} from './useUrlState';

interface State {
  q: string;
  grade: ReadonlyArray<'A' | 'B' | 'F'>;
  status: ReadonlyArray<'failing' | 'unknown' | 'passing'>;
  order: 'asc' | 'desc';
  page: number;
}

const SCHEMA: UrlSchema<State> = {
  q: text(),
  grade: manyOf(['A', 'B', 'F']),
  status: manyOf(['failing', 'unknown', 'passing'], ['failing', 'unknown']),
  order: oneOf(['asc', 'desc'], 'asc'),
  page: whole(1, { from: 1, to: 100 }),
};

const DEFAULTS: State = {
  q: '',
  grade: [],
  status: ['failing', 'unknown'],
  order: 'asc',
  page: 1,
};

function start(search: string) {
  const { result } = renderHook(
    () => ({
      url: useUrlState(SCHEMA),
      search: useLocation().search,
      back: useNavigate(),
    }),
    {
      wrapper: ({ children }: PropsWithChildren<{}>) => (
        <MemoryRouter initialEntries={[`/${search}`]}>{children}</MemoryRouter>
      ),
    },
  );
  return result;
}

describe('state in the address', () => {
  it('means the defaults where the address says nothing', () => {
    expect(start('').current.url.state).toEqual(DEFAULTS);
  });

  it('reads repeated and comma-separated values', () => {
    expect(start('?grade=A&grade=F').current.url.state.grade).toEqual([
      'A',
      'F',
    ]);
    expect(start('?grade=F,A').current.url.state.grade).toEqual(['A', 'F']);
  });

  it('leaves defaults out', () => {
    const page = start('?page=3&order=desc');
    act(() => page.current.url.update({ page: 1 }));
    expect(page.current.search).toBe('?order=desc');
  });

  it('can say that none of a list with a default is chosen', () => {
    const page = start('');
    act(() => page.current.url.update({ status: [] }));
    expect(page.current.search).toBe('?status=all');
    expect(page.current.url.state.status).toEqual([]);
  });

  it('falls back where a value means nothing, and says which', () => {
    const { state, rejected } = start(
      '?grade=Z&order=up&page=-1&page=2&status=failing&status=green',
    ).current.url;
    expect(state).toEqual({ ...DEFAULTS, status: ['failing'] });
    expect(rejected).toEqual([
      'grade=Z',
      'status=green',
      'order=up',
      'page=-1',
    ]);
  });

  it('leaves alone what others keep in the address', () => {
    const page = start('?theirs=1');
    act(() => page.current.url.update({ q: 'pay' }));
    expect(page.current.search).toBe('?theirs=1&q=pay');
  });

  it('lets Back undo one change', () => {
    const page = start('');
    act(() => page.current.url.update({ grade: ['F'] }));
    act(() => page.current.url.update({ page: 2 }));
    act(() => page.current.back(-1));
    expect(page.current.url.state).toEqual({ ...DEFAULTS, grade: ['F'] });
  });

  it('does not fill the history with what is typed', () => {
    const page = start('');
    act(() => page.current.url.update({ grade: ['F'] }));
    act(() => page.current.url.update({ q: 'p' }, { replace: true }));
    act(() => page.current.url.update({ q: 'pa' }, { replace: true }));
    act(() => page.current.back(-1));
    expect(page.current.url.state).toEqual(DEFAULTS);
  });

  it('can say an address without going there', () => {
    const page = start('?grade=A');
    expect(page.current.url.searchWith({ page: 2 })).toBe('?grade=A&page=2');
    expect(page.current.search).toBe('?grade=A');
  });
});

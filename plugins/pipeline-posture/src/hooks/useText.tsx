import {
  TranslationFunction,
  useTranslationRef as ownText,
} from '@backstage/frontend-plugin-api';
import { createContext, ReactNode, useContext, useMemo } from 'react';
import { entityMessages } from '../translations/en/entity';
import { wordMessages } from '../translations/en/words';
import { flatMessages } from '../translations/flatMessages';
import { textRef } from '../translations/ref';

/** The function that {@link useText} gives. */
export type Text = TranslationFunction<(typeof textRef)['T']>;

const Context = createContext<Text | undefined>(undefined);

const MOST_KEPT = 2000;

const isPlain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number';

/** Looks the same words up once. Those with parts of a page in them are made anew each time. */
function kept(t: Text): Text {
  const found = new Map<string, unknown>();
  const look = t as (key: string, options?: object) => unknown;
  const lookOnce = (key: string, options?: object) => {
    if (options && !Object.values(options).every(isPlain))
      return look(key, options);
    const name = options ? `${key} ${JSON.stringify(options)}` : key;
    if (!found.has(name)) {
      if (found.size >= MOST_KEPT) found.clear();
      found.set(name, look(key, options));
    }
    return found.get(name);
  };
  return lookOnce as Text;
}

/**
 * Looks the plugin's text up once for everything inside. Each component that does it for itself has a subscription of
 * its own, and is drawn a second time when that has answered: in a list of hundreds of marks that takes half the time.
 */
export function TextProvider({ children }: { children: ReactNode }) {
  const { t } = ownText(textRef);
  const once = useMemo(() => kept(t), [t]);
  return <Context.Provider value={once}>{children}</Context.Provider>;
}

/** The plugin's text in the viewer's language. */
export function useText(): Text {
  const shared = useContext(Context);
  // By another name, because it is asked only outside of a provider: a component stands inside or outside for good.
  return shared ?? ownText(textRef).t;
}

const prepared = new WeakSet<Text>();

/** Values for what a message leaves open, so that it can be made once. */
const samplesFor = (message: string) =>
  Object.fromEntries(
    [...message.matchAll(/{{(\w+)}}/g)].map(([, name]) => [
      name,
      name === 'count' ? 1 : '',
    ]),
  );

/** Looks up what stands on almost every screen, while there is nothing else to do: the first time takes the longest. */
export function prepareText(t: Text): void {
  if (prepared.has(t)) return;
  prepared.add(t);
  const look = t as (key: string, options?: object) => unknown;
  const all = flatMessages({ ...wordMessages, entity: entityMessages });
  for (const [key, message] of Object.entries(all)) {
    if (message.includes('{{'))
      look(key.replace(/_(one|other)$/, ''), samplesFor(message));
    else look(key);
  }
}

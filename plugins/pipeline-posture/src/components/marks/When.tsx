import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { absoluteTime, relativeTime } from './times';

/** A time in words, relative within a week; the exact one in the viewer's zone and in UTC is in its title. */
export function When({ at }: { at: string }) {
  const locale = useLocale();
  const now = useNow();
  return (
    <time dateTime={at} title={absoluteTime(at, locale)}>
      {relativeTime(at, now, locale)}
    </time>
  );
}

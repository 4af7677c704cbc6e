import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const isFind = ({ key, ctrlKey, metaKey }: KeyboardEvent) =>
  key === 'F3' || ((ctrlKey || metaKey) && key.toLowerCase() === 'f');

/** Whether everything has to be in the document, seen or not: from when somebody prints the page or searches in it. */
export function useWholePage(): boolean {
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    if (whole) return undefined;
    // At once: the browser looks at the document as soon as this returns.
    const show = () => flushSync(() => setWhole(true));
    const listen = (event: KeyboardEvent) => isFind(event) && show();
    window.addEventListener('beforeprint', show);
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('beforeprint', show);
      window.removeEventListener('keydown', listen);
    };
  }, [whole]);
  return whole;
}

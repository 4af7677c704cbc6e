/**
 * A share in words, without decimals, rounded down as the backend does. What is not nothing never becomes 0 %, what is not all never 100 %.
 *
 * @param of - may be 0
 */
export function percentOf(number: number, of: number, locale: string): string {
  const say = (share: number) =>
    new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 0,
    }).format(share);
  if (of === 0 || number === 0) return say(0);
  const share = number / of;
  if (share < 0.01) return `<${say(0.01)}`;
  return say(Math.floor(100 * share + 1e-9) / 100);
}

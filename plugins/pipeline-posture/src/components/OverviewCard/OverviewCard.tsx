export function OverviewCard() {
  return <></>;
}

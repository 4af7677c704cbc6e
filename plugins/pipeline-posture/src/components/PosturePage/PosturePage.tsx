export function PosturePage() {
  return <></>;
}
export function LegacyPosturePage() {
  return <></>;
}

export function EntityContent() {
  return <></>;
}

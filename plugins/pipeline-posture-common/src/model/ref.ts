/**
 * Names a pipeline for ever: which provider, which scope of it, which id there.
 *
 * @public
 */
export interface PipelineRef {
  /** `azure-devops`, `aws-codepipeline`. */
  provider: string;
  /** The unit of collection: `contoso/Payments`, `111122223333/eu-west-1`. */
  scope: string;
  /** Unique within the scope, for ever: `build-101`, `release-11`, `orders-api`. */
  id: string;
}

/**
 * The one string for a pipeline, used in URLs and as a key.
 *
 * @public
 */
export function stringifyPipelineRef(ref: PipelineRef): string {
  return [ref.provider, ref.scope, ref.id].map(encodeURIComponent).join('~');
}

/**
 * Reads what {@link stringifyPipelineRef} wrote.
 *
 * @returns undefined for anything else
 * @public
 */
export function parsePipelineRef(text: string): PipelineRef | undefined {
  const parts = text.split('~');
  if (parts.length !== 3 || parts.some(part => part === '')) return undefined;
  try {
    const [provider, scope, id] = parts.map(decodeURIComponent);
    return { provider, scope, id };
  } catch {
    return undefined;
  }
}

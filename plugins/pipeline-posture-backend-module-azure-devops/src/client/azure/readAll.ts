import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { z } from 'zod';
import { isWithoutPim, MisshapenAnswerError, reasonOf } from './failures';
import { AZURE_OPERATIONS, AzureOperationName } from './operations';

const MAX_ENTRIES = 200_000;

/**
 * Every entry of a list, checked. One that makes no sense makes the list unknown:
 * a role assignment that is left out would look like one that is not there.
 *
 * @param target - what the list is about, for people
 */
export async function readAll<T extends z.ZodType>(
  name: AzureOperationName,
  target: string,
  shape: T,
  entries: AsyncIterable<unknown>,
): Promise<Fact<Array<z.output<T>>>> {
  const operation = AZURE_OPERATIONS[name];
  try {
    const all: Array<z.output<T>> = [];
    for await (const entry of entries) {
      const parsed = shape.safeParse(entry);
      if (!parsed.success) {
        const path = parsed.error.issues[0]?.path.join('.') || 'an entry';
        throw new MisshapenAnswerError(`${path} is not what it should be`);
      }
      all.push(parsed.data);
      if (all.length > MAX_ENTRIES)
        throw new MisshapenAnswerError(
          `it has more than ${MAX_ENTRIES} entries`,
        );
    }
    return known(all, { source: operation.call });
  } catch (error) {
    return unknown(reasonOf(error, operation, target));
  }
}

/** The same for what Privileged Identity Management keeps: without a licence for it, there is nothing. */
export async function readSchedules<T extends z.ZodType>(
  name: AzureOperationName,
  target: string,
  shape: T,
  entries: AsyncIterable<unknown>,
): Promise<Fact<Array<z.output<T>>>> {
  let withoutPim = false;
  const watched = (async function* watch() {
    try {
      yield* entries;
    } catch (error) {
      withoutPim = isWithoutPim(error);
      throw error;
    }
  })();
  const read = await readAll(name, target, shape, watched);
  return withoutPim ? known([]) : read;
}

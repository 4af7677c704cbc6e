const MICROSECONDS_OF_NOISE = 2000;

function work(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system + MICROSECONDS_OF_NOISE;
}

/** Growth of work that is in proportion to its input, with room for noise; work that grows with the square has 16. */
export const LINEAR = 10;

/**
 * How many times more work a test's subject has with four times the input: about
 * 4 where work grows with the input, 16 where it grows with its square. Counted
 * in work of the processor, so that a busy machine changes nothing.
 *
 * @param size - so large that the work can be told from the noise
 * @param prepare - makes the input, which is not counted
 * @param run - what is looked at
 */
export function growthOf<T>(
  size: number,
  prepare: (size: number) => T,
  run: (input: T) => void,
): number {
  const [small, large] = [prepare(size), prepare(4 * size)];
  // The first run is for the compiler.
  run(small);
  const least = (input: T) =>
    Math.min(...[1, 2, 3].map(() => work(() => run(input))));
  return least(large) / least(small);
}

/** The middle value of a list. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Wall time of one call in milliseconds. */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Time several runs turn by turn, A B C A B C …, so that a slow spell of the machine meets them
 * all. Each run is `() => work`: what it does itself is preparation and is not timed, only the work
 * it gives back is. Gives the median of each in milliseconds, warm-up rounds left out.
 */
export async function interleave(runs, { warmUps, rounds }) {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const [name, prepare] of Object.entries(runs)) {
      const took = await timed(await prepare());
      if (round >= warmUps) times[name].push(took);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

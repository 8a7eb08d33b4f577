import { between, type Random } from './random.ts'

/**
 * Teeth between 0 and about 1: rises, falls at once, rises again; period and height vary by `jitter`. With `bursts` it rises in so many
 * steps a tooth, as a log does.
 */
export function saw(
  random: Random,
  { periodS, jitter, bursts }: { readonly periodS: number; readonly jitter: number; readonly bursts?: number },
): (s: number) => number {
  let startS = -periodS * random()
  let lasts = periodS
  let high = 1
  return (s) => {
    while (s >= startS + lasts) {
      startS += lasts
      lasts = periodS * between(random, 1 - jitter, 1 + jitter)
      high = between(random, 1 - jitter, 1)
    }
    const share = (s - startS) / lasts
    if (bursts === undefined) return high * share
    const at = share * bursts
    return (high * (Math.floor(at) + Math.min(1, (at % 1) * 3))) / bursts
  }
}

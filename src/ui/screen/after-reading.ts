/**
 * Calls back after `ms` and then after what was already there to be read has been read: a timer that fires late, because the thread
 * was busy, would otherwise judge before it has looked.
 */
export function afterReading(ms: number, callback: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined
  const timer = setTimeout(() => {
    immediate = setImmediate(callback)
  }, ms)
  return () => {
    clearTimeout(timer)
    if (immediate !== undefined) clearImmediate(immediate)
  }
}

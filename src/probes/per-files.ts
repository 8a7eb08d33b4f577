import type { HostFiles } from './probe.ts'

/**
 * What hardly ever changes (which block device is a disk, which channels a sensor chip has) is kept beside the reader it was read
 * through, and goes with it: a probe stays without state of its own, and two hosts (recorded trees) are never mixed up.
 */
export function perFiles<T>(make: (files: HostFiles) => T): (files: HostFiles) => T {
  const kept = new WeakMap<HostFiles, { readonly value: T }>()
  return (files) => {
    let entry = kept.get(files)
    if (entry === undefined) {
      entry = { value: make(files) }
      kept.set(files, entry)
    }
    return entry.value
  }
}

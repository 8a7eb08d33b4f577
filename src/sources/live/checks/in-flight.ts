import { nameHash } from '../../../checks/schedule/phase.ts'

/** More runs at once than the limits of the schedule allow; one that finds no slot is only not suspected. */
const SLOTS = 1024

/** Which checks run, readable by another thread while this one hangs: in each slot the hash of a name, 0 in a free one. */
export function createInFlight(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT))
}

/** Notes runs. Gives what notes the begin of one, which gives what notes its end. */
export function noteIn(shared: Int32Array): (name: string) => () => void {
  const free = Array.from({ length: shared.length }, (_, index) => shared.length - 1 - index)
  return (name) => {
    const slot = free.pop()
    if (slot === undefined) return () => {}
    Atomics.store(shared, slot, keyOf(name))
    return () => {
      Atomics.store(shared, slot, 0)
      free.push(slot)
    }
  }
}

/** Those of the names that are noted. Two names can have one hash: then both are. */
export function namesIn(shared: Int32Array, names: Iterable<string>): readonly string[] {
  const noted = new Set<number>()
  for (let slot = 0; slot < shared.length; slot++) noted.add(Atomics.load(shared, slot))
  return [...names].filter((name) => noted.has(keyOf(name)))
}

function keyOf(name: string): number {
  return nameHash(name) | 0 || 1
}

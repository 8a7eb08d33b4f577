import { readdirSync, readFileSync } from 'node:fs'

/** A process and everything below it. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = attempt(() => readFileSync(`/proc/${name}/stat`, 'latin1'))
    if (stat === undefined) continue
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (let index = 0; index < tree.length; index++) tree.push(...(children.get(tree[index] as number) ?? []))
  return tree
}

/** CPU time of all threads of a tree so far, in seconds: run time from schedstat (kernel doc scheduler/sched-stats), in nanoseconds there. */
export function cpuSeconds(root: number): number {
  let nanoseconds = 0
  for (const pid of treeOf(root)) {
    for (const task of attempt(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
      nanoseconds += Number(
        attempt(() => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'latin1'))?.split(' ')[0] ?? 0,
      )
    }
  }
  return nanoseconds / 1e9
}

/** Proportional set size of a tree, in bytes (smaps_rollup, proc_pid_smaps_rollup(5)). */
export function pssBytes(root: number): number {
  let kib = 0
  for (const pid of treeOf(root)) {
    const text = attempt(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
    kib += Number(/^Pss:\s+(\d+)/m.exec(text ?? '')?.[1] ?? 0)
  }
  return kib * 1024
}

/** A process may end between being listed and being read. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

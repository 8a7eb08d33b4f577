import type { Memory } from '../config/memory.ts'
import { type Remembered, remembered } from '../ui/remember.ts'
import type { ViewState } from '../ui/state.ts'

/** A person who goes through choices is not written along with: only what stays this long. */
const AFTER_MS = 1000

/** What the command line settles for this run, and what is not for the next one. */
export type Said = Partial<Pick<ViewState, 'theme' | 'chart'>>

export interface ScreenKeeperOptions {
  readonly memory: Memory
  /** The view as it was remembered, before the command line had its say. */
  readonly before: ViewState
  readonly said: Said
  /** Once, when it cannot be written: why. */
  readonly failed: (reason: string) => void
}

/** Keeps what the screen remembers: writes it soon after a person changed it, and at the end. */
export interface ScreenKeeper {
  changed(view: ViewState): void
  /** Writes what is still to be written. */
  end(): Promise<void>
}

/** What is remembered of a view: of what the command line said, what was remembered before, unless a person changed it since. */
export function worthKeeping(view: ViewState, before: ViewState, said: Said): Remembered {
  return remembered({
    ...view,
    theme: said.theme !== undefined && view.theme === said.theme ? before.theme : view.theme,
    chart: said.chart !== undefined && view.chart === said.chart ? before.chart : view.chart,
  })
}

export function createScreenKeeper({ memory, before, said, failed }: ScreenKeeperOptions): ScreenKeeper {
  let written = JSON.stringify(remembered(before))
  let waiting: Remembered | undefined
  let timer: NodeJS.Timeout | undefined
  let told = false
  const write = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const value = waiting
    waiting = undefined
    if (value === undefined) return
    written = JSON.stringify(value)
    await memory.write(value)
    if (memory.reason === undefined || told) return
    told = true
    failed(memory.reason)
  }
  return {
    changed(view) {
      const value = worthKeeping(view, before, said)
      if (JSON.stringify(value) === (waiting === undefined ? written : JSON.stringify(waiting))) return
      waiting = value
      clearTimeout(timer)
      timer = setTimeout(() => void write(), AFTER_MS)
    },
    end: write,
  }
}

/** Lines that nobody is told before what they tell is in the log, so that nothing was heard of that is gone after a crash. */
export interface HeldLines {
  add(lines: readonly string[]): void
  /** Tells all of them now. */
  release(): void
}

/** `kept`: resolves when what was seen up to its call is in the log or cannot be; it must not reject, nor take for ever. */
export function createHeldLines(kept: () => Promise<void>, write: (line: string) => void): HeldLines {
  let held: { readonly lines: readonly string[]; kept: boolean }[] = []

  function tell(until: number): void {
    const told = held.slice(0, until)
    held = held.slice(until)
    for (const { lines } of told) for (const line of lines) write(line)
  }

  return {
    add(lines) {
      if (lines.length === 0) return
      const entry = { lines, kept: false }
      held.push(entry)
      void kept().then(() => {
        entry.kept = true
        const first = held.findIndex((one) => !one.kept)
        tell(first < 0 ? held.length : first)
      })
    },
    release: () => tell(held.length),
  }
}

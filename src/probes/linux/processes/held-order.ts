import type { Process } from './process.ts'

/** An order that stays while somebody moves: new processes come at the end, ended ones go. */
export class HeldOrder {
  private held: readonly Process[]
  private known: readonly Process[]

  /** `processes` is the table, `ordered` the same in the order to keep. */
  constructor(processes: readonly Process[], ordered: readonly Process[]) {
    this.known = processes
    this.held = ordered
  }

  /** The processes of the table in the order kept. */
  of(processes: readonly Process[]): readonly Process[] {
    if (processes === this.known) return this.held
    const old = new Set(this.held)
    this.held = [...this.held.filter((process) => !process.ended), ...processes.filter((process) => !old.has(process))]
    this.known = processes
    return this.held
  }
}

import type { Outcome, ProcessCommand } from '../../../model/source.ts'
import type { Action, CommandOf, Machine } from './action.ts'
import { affinity } from './affinity.ts'
import { ioClass } from './io-class.ts'
import { nice } from './nice.ts'
import { signal } from './signal.ts'
import { checkTarget } from './target.ts'

const ACTIONS: { readonly [Kind in ProcessCommand['kind']]: Action<Kind> } = {
  signal,
  nice,
  io_class: ioClass,
  affinity,
}

/**
 * Does what a command says to each of its targets, one after the other, each checked right before to be the process that is meant; goes on
 * where one fails. What hinders it is told in words: of several targets how many (`2 of 5 not: ended already`), and why the first.
 */
export async function perform<Kind extends ProcessCommand['kind']>(
  command: CommandOf<Kind>,
  machine: Machine,
): Promise<Outcome> {
  const { targets } = command
  const action: Action<Kind> = ACTIONS[command.kind as Kind]
  if (targets.length === 0) return { ok: false, reason: 'no process is meant' }
  const refusal = action.refuse(command, machine)
  if (refusal !== undefined) return { ok: false, reason: refusal }
  const reasons: string[] = []
  for (const target of targets) {
    const seen = await checkTarget(target, machine.look)
    const reason = typeof seen === 'string' ? seen : await action.apply(target.pid, command, machine)
    if (reason !== undefined) reasons.push(reason)
  }
  const [first] = reasons
  if (first === undefined) return { ok: true }
  return { ok: false, reason: targets.length === 1 ? first : `${reasons.length} of ${targets.length} not: ${first}` }
}

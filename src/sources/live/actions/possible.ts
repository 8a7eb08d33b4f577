import type { Command } from '../../../model/source.ts'
import { hasProgram, type Program } from './program.ts'

/**
 * What can be done to processes of this machine: what needs a program only on Linux, where that program is. Nothing on Windows: no start
 * time can be read there right before, and a pid alone names nobody.
 */
export function possibleActions(
  platform: NodeJS.Platform,
  has: (program: Program) => boolean = hasProgram,
): ReadonlySet<Command['kind']> {
  if (platform === 'win32') return new Set()
  const possible = new Set<Command['kind']>(['signal', 'nice'])
  if (platform !== 'linux') return possible
  if (has('ionice')) possible.add('io_class')
  if (has('taskset')) possible.add('affinity')
  return possible
}

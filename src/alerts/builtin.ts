import { certificatesRules } from './builtin/certificates.ts'
import { cpuRules } from './builtin/cpu.ts'
import { disksRules } from './builtin/disks.ts'
import { limitsRules } from './builtin/limits.ts'
import { machineRules } from './builtin/machine.ts'
import { memoryRules } from './builtin/memory.ts'
import { networkRules } from './builtin/network.ts'
import { servicesRules } from './builtin/services.ts'
import type { Rule } from './rule.ts'

/**
 * The limits that hold with no configuration. They are meant to be right to wake somebody up for: a busy machine is no trouble, so
 * there is none on load or traffic, and short bursts end before `for:` does. Each `clear` lies a few percent inside its limit.
 */
export const builtinRules: readonly Rule[] = [
  ...disksRules,
  ...memoryRules,
  ...cpuRules,
  ...limitsRules,
  ...networkRules,
  ...servicesRules,
  ...certificatesRules,
  ...machineRules,
]

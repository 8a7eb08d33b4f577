/** Which probes the program under test uses: portable.test.ts runs the same tests with the portable ones. */
const portable = process.env.HEALTHTOP_TEST_PROBES === 'portable'

/** Options that every start of the program gets. */
export const PROBE_ARGS: readonly string[] = portable ? ['--probes', 'portable'] : []

/** What portable probes cannot tell (on Linux, where they are tested), and why. Tests that need it are left out there. */
const PORTABLE_LACKS = {
  trees: 'they ask this machine, never a recorded tree',
  'cpu of processes in a snapshot': 'ps tells CPU times in whole seconds, so that less than three of them say nothing',
  'environment, files and threads of a process': 'no program tells them on every system',
} as const

/** Whether the probes under test lack something: for `test.skipIf`. */
export function lacks(what: keyof typeof PORTABLE_LACKS): boolean {
  return portable && what in PORTABLE_LACKS
}

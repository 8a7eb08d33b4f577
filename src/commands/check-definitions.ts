import { systemClock } from '../lib/clock.ts'
import type { CheckDefinition } from '../model/check.ts'
import { type CheckOptions, chosenOf } from './check-options.ts'
import { startProgress } from './check-progress.ts'
import { type Options, UsageError } from './options.ts'

/**
 * What is to be checked: the targets that were given, and of the configured and found ones those that were named; all of these when
 * nothing was. Names are distinct. Rejects with UsageError for what there is not.
 */
export async function definitionsOf(options: Options, wishes: CheckOptions): Promise<readonly CheckDefinition[]> {
  const { given, wanted, timeoutMs } = wishes
  const { checks: configured, discover } = options
  const all = given.length === 0 && wanted.length === 0
  const named = wanted.every((one) => one.kind === 'name' && configured.some(({ name }) => name === one.name))
  // Services are looked for where the configuration does not say what is meant.
  const look = discover && (all ? configured.length === 0 : !named)
  const found = look ? await findHere(options) : []
  const chosen = chosenOf([...configured, ...found], wanted, all)
  if (all && chosen.length === 0) {
    const nothing = discover ? 'nothing was found here' : '--no-discover looks for nothing'
    throw new UsageError(
      `check: nothing is configured and ${nothing}; name a target: a URL, process:NAME, file:PATH, systemd:UNIT`,
    )
  }
  const timed = chosen.map((definition) => (timeoutMs === undefined ? definition : { ...definition, timeoutMs }))
  return [...besides(given, timed), ...timed]
}

/** The given ones under names that none of the others has: somebody may have called a check `localhost:5432`. */
function besides(given: readonly CheckDefinition[], others: readonly CheckDefinition[]): CheckDefinition[] {
  const taken = new Set(others.map(({ name }) => name))
  return given.map((definition) => {
    const { name, type, target } = definition
    const names = [name, `${type} ${target}`, `${type} ${target} (given)`]
    return { ...definition, name: names.find((one) => !taken.has(one)) ?? name }
  })
}

async function findHere({ platform, root, checks }: Options): Promise<CheckDefinition[]> {
  const { findServices } = await import('../sources/live/checks/find.ts')
  const progress = startProgress(['what listens here'], process.stderr, () => systemClock.monoMs())
  try {
    const found = await findServices({ platform, root, clock: systemClock, covered: checks })
    return found.map(({ definition }) => definition)
  } finally {
    progress.end()
  }
}

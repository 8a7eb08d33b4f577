import { type CheckType, TargetError } from '../../src/checks/check.ts'
import { CHECK_DEFAULTS, type CheckDefinition } from '../../src/model/check.ts'

/** A check as a configuration would give it; without retries unless the test says so. */
export function checkDefinition(name: string, changes: Partial<CheckDefinition> = {}): CheckDefinition {
  return {
    ...CHECK_DEFAULTS,
    name,
    type: 'test',
    target: name,
    origin: 'configured',
    settings: {},
    retries: 0,
    depends: [],
    labels: {},
    ...changes,
  }
}

/** A check type that does what the test says. */
export function typeThat(run: CheckType['run'], changes: Partial<CheckType> = {}): CheckType {
  return {
    type: 'test',
    help: 'does what a test says',
    uses: 'network',
    schema: (fields) => fields.object({}),
    target: () => 'test',
    schemes: [],
    parseTarget: () => {
      throw new TargetError('expected nothing')
    },
    run,
    ...changes,
  }
}

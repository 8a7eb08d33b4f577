import type { Resource } from '../model/alert.ts'
import type { AlertDefinition } from '../model/alert-definition.ts'
import type { EventKind } from '../model/event.ts'
import type { Labels } from '../model/series.ts'
import type { World } from './world.ts'

/** When is something wrong: a definition, and for built-in ones their own words. */
export interface Rule extends AlertDefinition {
  /** The value is a level that one look can judge (space, memory), not a moment's rate: `for:` is left out where there is only one look. */
  readonly level?: boolean
  /** Processes that may be the cause are the leaders of this resource; by the metric's family unless given. */
  readonly blames?: Resource
  /** What it is about, for people; by the labels of the series unless given. */
  readonly subject?: (labels: Labels) => string
  /** What is wrong, without the subject; by the metric's unit unless given. Of a forecast what will be reached (`95 % full`): when is added. */
  readonly text?: (value: number, threshold: number) => string
  /** Of an event: others about the same subject that end it, whatever `keep:` says. */
  readonly until?: readonly EventKind[]
  /** Of a rule of the configuration: it stands in the place of a built-in one that looks at the same, and gives way as that one did. */
  readonly replaces?: true
  /** Series with which no alert begins. */
  readonly except?: (labels: Labels, world: World) => boolean
}

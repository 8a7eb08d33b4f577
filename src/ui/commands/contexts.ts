import type { Context } from '../keys/binding.ts'
import { panelOf } from '../panels/registry.ts'
import { pageOf, type ViewState } from '../state.ts'
import { inputOf } from './text.ts'

/** Panels of the home screen that are also contexts of keys. */
const PANELS_WITH_KEYS = ['processes', 'services', 'log', 'ahead'] as const

/** Contexts a key is looked up in, nearest first. */
export function contextsOf(state: ViewState): readonly Context[] {
  const { overlay, processes, services, log, watch } = state
  if (overlay !== undefined) {
    const line = inputOf(state)
    if (line === undefined) return ['always', overlay.kind]
    // Whoever opened the help and types nothing expects q to leave it, as everywhere.
    const untyped = overlay.kind === 'help' && line.text === ''
    return ['always', ...(untyped ? (['untyped'] as const) : []), overlay.kind, 'text']
  }
  if (processes.input !== undefined) return ['always', processes.input.kind, 'text']
  if (services.input !== undefined) return ['always', 'services-filter', 'text']
  if (log.input !== undefined) return ['always', 'log-filter', 'text']
  const contexts: Context[] = ['always']
  const page = pageOf(state)
  const own = PANELS_WITH_KEYS.find((panel) => panel === state.focus)
  if (page === 'home' && own !== undefined) contexts.push(own)
  if (watch?.section === 'environment') contexts.push('environment')
  contexts.push(page)
  if (panelOf(state.focus)?.list) contexts.push('list')
  if (state.full !== undefined && panelOf(state.full)?.charted) contexts.push('full')
  contexts.push('global')
  return contexts
}

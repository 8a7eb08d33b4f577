import type { Context } from '../keys/binding.ts'
import { panelOf } from '../panels/registry.ts'
import type { ViewState } from '../state.ts'
import { inputOf } from './text.ts'

/** Contexts a key is looked up in, nearest first. */
export function contextsOf(state: ViewState): readonly Context[] {
  const { overlay, processes, services, watch, check } = state
  if (overlay !== undefined) {
    const line = inputOf(state)
    if (line === undefined) return ['always', overlay.kind]
    // Whoever opened the help and types nothing expects q to leave it, as everywhere.
    const untyped = overlay.kind === 'help' && line.text === ''
    return ['always', ...(untyped ? (['untyped'] as const) : []), overlay.kind, 'text']
  }
  if (processes.input !== undefined) return ['always', processes.input.kind, 'text']
  if (services.input !== undefined) return ['always', 'services-filter', 'text']
  const contexts: Context[] = ['always']
  if (state.focus === 'processes' && watch === undefined && check === undefined) contexts.push('processes')
  if (state.focus === 'services' && watch === undefined && check === undefined) contexts.push('services')
  if (state.focus === 'ahead' && watch === undefined && check === undefined) contexts.push('ahead')
  if (watch?.section === 'environment') contexts.push('environment')
  contexts.push(watch !== undefined ? 'watch' : check !== undefined ? 'check' : 'home')
  if (panelOf(state.focus)?.list) contexts.push('list')
  if (state.full !== undefined && panelOf(state.full)?.charted) contexts.push('full')
  contexts.push('global')
  return contexts
}

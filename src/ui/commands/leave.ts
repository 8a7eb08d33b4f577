import { pageOf, type ViewState, without } from '../state.ts'
import type { Back } from '../views.ts'

/** Where somebody is, for the way back from a page that is opened there. */
export function backTo({ focus, full }: ViewState): Back {
  return { focus, ...(full !== undefined && { full }) }
}

/** The state without the page that lies on top: back to the one below it, else to where on the home screen it was opened. */
export function leftPage(state: ViewState): ViewState {
  const page = pageOf(state)
  switch (page) {
    case 'home':
      return state
    case 'alert':
      return { ...without(state, 'alert', 'full'), ...state.alert?.back }
    case 'watch':
    case 'check': {
      const rest = without(state, page, 'full')
      if (rest.alert !== undefined) return { ...rest, focus: 'alert-suspects' }
      return page === 'watch' ? { ...rest, focus: 'processes' } : { ...rest, focus: 'services', ...state.check?.back }
    }
  }
}

import { Box } from 'ink'
import { type CanvasName, canvasId } from './layout.ts'
import { canvasColor } from './screen/base.ts'

/**
 * A hole in what Ink draws: an empty box whose background colour is the canvas' id. Yoga gives it its place; what is painted into it
 * never goes through React.
 */
export function Canvas({ name, columns }: { readonly name: CanvasName; readonly columns: number }) {
  return <Box width={columns} flexShrink={0} backgroundColor={canvasColor(canvasId(name))} />
}

/** Columns a dialog's frame and air take beside its content. */
export const DIALOG_SIDES = 6

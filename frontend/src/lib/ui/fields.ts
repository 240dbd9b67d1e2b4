/** What every field of the kit has around its control. */
export interface FrameProps {
  label: string;
  help?: string;
  /** A sentence that says what is wrong and what would be right. */
  error?: string;
  /** Says "optional" beside the label. */
  optional?: boolean;
  /** The label is read out but not drawn, for bars and tables. */
  hideLabel?: boolean;
}

/** What every field that takes typing has. */
export interface InputProps extends FrameProps {
  /** The path of the value in its form; a refused form looks for its first field by it. */
  name?: string;
  placeholder?: string;
  disabled?: boolean;
  /** Called at each change, after the bound value has changed. */
  oninput?: (value: string) => void;
  onblur?: () => void;
}

import type { Port } from './port';
import { wailsPort } from './wails';

export { ApiError, toApiError, type FieldError } from './errors';
export { onChange } from './wails';
export type { Port, SystemState } from './port';

/** The program behind the window. */
export const api: Port = wailsPort();

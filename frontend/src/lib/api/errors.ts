/** One complaint about one value: `path` names the field ("fields.account_number"), `message` says what would be right. */
export interface FieldError {
  path: string;
  message: string;
}

/** Which call of the window failed: its name, and its number, which the program's log has too (0 for none). */
export interface Origin {
  call: string;
  request: number;
}

/** An error of the program as every screen sees it. `code` is stable, `message` is a sentence for people. */
export class ApiError extends Error {
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly origin: Origin | undefined;

  constructor(code: string, message: string, fields: readonly FieldError[] = [], origin?: Origin) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
    this.origin = origin;
  }
}

/** Any rejection as an ApiError. The Go side rejects with an Error whose message is `{"code","message","fields","request"}`. */
export function toApiError(reason: unknown, call?: string): ApiError {
  if (reason instanceof ApiError) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  return parse(text, call) ?? new ApiError('internal', text || 'The program gave no reason.', [], originOf(call));
}

function parse(text: string, call?: string): ApiError | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, message, fields, request } = value as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return new ApiError(code, message, Array.isArray(fields) ? fields.filter(isFieldError) : [], originOf(call, request));
}

function originOf(call: string | undefined, request?: unknown): Origin | undefined {
  return call === undefined ? undefined : { call, request: typeof request === 'number' ? request : 0 };
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false;
  const { path, message } = value as Record<string, unknown>;
  return typeof path === 'string' && typeof message === 'string';
}

/** One complaint about one value: `path` names the field ("fields.account_number"), `message` says what would be right. */
export interface FieldError {
  path: string;
  message: string;
}

/** An error of the program as every screen sees it. `code` is stable, `message` is a sentence for people. */
export class ApiError extends Error {
  readonly code: string;
  readonly fields: readonly FieldError[];

  constructor(code: string, message: string, fields: readonly FieldError[] = []) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
  }
}

/** Any rejection as an ApiError. The Go side rejects with an Error whose message is `{"code","message","fields"}`. */
export function toApiError(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  return parse(text) ?? new ApiError('internal', text || 'The program gave no reason.');
}

function parse(text: string): ApiError | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, message, fields } = value as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return new ApiError(code, message, Array.isArray(fields) ? fields.filter(isFieldError) : []);
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false;
  const { path, message } = value as Record<string, unknown>;
  return typeof path === 'string' && typeof message === 'string';
}

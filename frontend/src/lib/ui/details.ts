import { api, type ApiError } from '$lib/api';

/**
 * What a helper asks for first, as text for the clipboard: what failed, where, when, in which version, under which number of
 * the log. The words of an error never hold a secret; of the address only the page is told, because its query may hold
 * what somebody searched for.
 */
export async function detailsOf(error: ApiError, at = new Date()): Promise<string> {
  const { code, message, fields, origin } = error;
  const details = {
    what: { code, message, fields },
    where: { page: location.hash.split('?')[0], call: origin?.call },
    when: at.toISOString(),
    version: await api.System.State().then(
      (state) => state.version,
      () => 'unknown: the program does not answer',
    ),
    request: origin?.request,
  };
  return JSON.stringify(details, null, 2);
}

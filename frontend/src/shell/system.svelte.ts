import { api, onChange, type SystemState } from '$lib/api';

/** The state of the program behind the window, kept fresh by its "system" event. */
class System {
  state = $state.raw<SystemState | undefined>();
  /** The program gives no answer at all. */
  silent = $state(false);

  /** There is no account yet, so the first run is what comes first. */
  async firstRunNeeded(): Promise<boolean> {
    try {
      return await api.Setup.Needed();
    } catch {
      // Whatever stands in the way is told by the page that is opened instead.
      return false;
    }
  }

  /** Follows the program. Answers the function that stops it. */
  follow(): () => void {
    void this.refresh();
    return onChange('system', () => void this.refresh());
  }

  async refresh(): Promise<void> {
    try {
      this.state = await api.System.State();
      this.silent = false;
    } catch {
      this.silent = true;
    }
  }
}

export const system = new System();

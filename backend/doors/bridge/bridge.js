// What Wails puts on the window, over the bridge: window.go calls the bound structs, window.runtime hears events.
(() => {
  const post = async (path, body) => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };

  const call = async (struct, method, args) => {
    const { value, error } = await post('/bridge/call', { struct, method, args });
    if (error !== null) throw new Error(error);
    return value;
  };

  // An object whose properties are made when they are first asked for.
  const lazy = (make) =>
    new Proxy({}, { get: (made, name) => (typeof name === 'string' ? (made[name] ??= make(name)) : undefined) });

  window.go = {
    desktop: lazy((struct) => lazy((method) => (...args) => call(struct, method, args))),
  };

  const listeners = new Map();
  const on = (topic, listener) => {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(listener);
    return () => listeners.get(topic).delete(listener);
  };
  const stream = new EventSource('/bridge/events');
  stream.onmessage = (message) => {
    const { topic, id } = JSON.parse(message.data);
    for (const listener of listeners.get(topic) ?? []) listener(id);
  };

  let clipboard = '';
  const known = {
    EventsOn: on,
    EventsOnMultiple: on,
    EventsOff: (...topics) => topics.forEach((topic) => listeners.delete(topic)),
    EventsOffAll: () => listeners.clear(),
    ClipboardGetText: async () => clipboard,
    ClipboardSetText: async (text) => ((clipboard = text), true),
    BrowserOpenURL: (url) => void post('/bridge/open', { url }),
  };
  // What only a real window can do does nothing here.
  window.runtime = new Proxy(known, { get: (_, name) => known[name] ?? (async () => undefined) });
})();
